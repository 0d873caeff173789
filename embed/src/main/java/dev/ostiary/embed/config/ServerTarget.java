package dev.ostiary.embed.config;

import dev.ostiary.protocol.Resource;

/** What answers the calls to a server. */
public sealed interface ServerTarget
    permits ConnectorServer, HttpServer, StdioServer, ServerTarget.Elsewhere {
  /**
   * Nothing here: the server runs elsewhere, and checks access tokens by itself.
   *
   * @param resource its URL, which is the audience of access tokens for it
   */
  record Elsewhere(Resource resource) implements ServerTarget {}
}
