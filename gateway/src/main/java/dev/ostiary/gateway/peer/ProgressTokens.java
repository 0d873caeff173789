package dev.ostiary.gateway.peer;

import dev.ostiary.mcp.translate.Meta;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Progress tokens on a channel: clients choose theirs, and two may choose the same, so that each
 * request has its own id as token on the way to the backend.
 */
final class ProgressTokens {
  private ProgressTokens() {}

  /** Replaces the token of a request; null if it has none. */
  static @Nullable JsonNode replace(ObjectNode params, long id) {
    ObjectNode meta = Meta.of(params);
    JsonNode token = meta == null ? null : meta.get(Meta.PROGRESS_TOKEN);
    if (meta != null && token != null) {
      meta.put(Meta.PROGRESS_TOKEN, id);
    }
    return token;
  }

  /** Which request of ours a notification of progress is about. */
  static long request(ObjectNode progress) {
    JsonNode token = progress.get(Meta.PROGRESS_TOKEN);
    return token != null && token.isIntegralNumber() ? token.asLong(Channel.NONE) : Channel.NONE;
  }
}
