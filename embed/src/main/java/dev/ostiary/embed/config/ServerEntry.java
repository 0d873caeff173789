package dev.ostiary.embed.config;

import dev.ostiary.embed.config.foreign.ForeignAuthorization;
import org.jspecify.annotations.Nullable;

/**
 * One MCP server behind the door.
 *
 * @param behind what answers
 * @param path of its URL
 * @param allow who may use it
 * @param policy what they may do there
 * @param title what people call it; empty for its URL
 * @param authorizationServer whose access tokens it takes; null for the one at the top
 */
public record ServerEntry(
    ServerTarget behind,
    String path,
    Allow allow,
    ServerPolicy policy,
    String title,
    @Nullable ForeignAuthorization authorizationServer) {
  /** A server for all who may sign in. */
  public ServerEntry(ServerTarget behind, String path) {
    this(behind, path, new Allow.Unsaid());
  }

  /** A server with the policy it comes with. */
  public ServerEntry(ServerTarget behind, String path, Allow allow) {
    this(behind, path, allow, ServerPolicy.DEFAULTS, "", null);
  }

  /** A server with access tokens of Ostiary, or of the authorization server at the top. */
  public ServerEntry(
      ServerTarget behind, String path, Allow allow, ServerPolicy policy, String title) {
    this(behind, path, allow, policy, title, null);
  }

  /** The same server with another policy. */
  public ServerEntry policy(ServerPolicy other) {
    return new ServerEntry(behind, path, allow, other, title, authorizationServer);
  }

  /** The same server under another title. */
  public ServerEntry title(String other) {
    return new ServerEntry(behind, path, allow, policy, other, authorizationServer);
  }

  /** The same server with access tokens of a foreign authorization server. */
  public ServerEntry authorizationServer(ForeignAuthorization other) {
    return new ServerEntry(behind, path, allow, policy, title, other);
  }

  /** The path of a server that names none. */
  public static String pathOf(String name) {
    return "/" + name + "/mcp";
  }
}
