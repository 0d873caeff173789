package dev.ostiary.gateway.peer;

import dev.ostiary.mcp.Era;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client says of itself.
 *
 * @param era in which it speaks, and in which the conversation is wanted
 * @param initialize as parameters of {@code initialize}: {@code protocolVersion}, {@code
 *     capabilities}, {@code clientInfo}
 */
public record ClientFacts(Era era, ObjectNode initialize) {
  /** What it can do; empty if it does not say. */
  public ObjectNode capabilities() {
    return initialize.get("capabilities") instanceof ObjectNode capabilities
        ? capabilities
        : initialize.objectNode();
  }
}
