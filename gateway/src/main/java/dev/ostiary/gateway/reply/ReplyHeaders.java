package dev.ostiary.gateway.reply;

import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of every reply on a server's path: kept by no cache, readable by its callers.
 */
public final class ReplyHeaders {
  private static final Headers PLAIN = Headers.of("Cache-Control", "no-store");
  private static final Headers JSON =
      Headers.of("Content-Type", "application/json", "Cache-Control", "no-store");

  /** What a script may read of a reply, beside what it always may. */
  private static final String EXPOSED =
      "WWW-Authenticate, Mcp-Session-Id, MCP-Protocol-Version, Retry-After, X-Request-Id";

  private ReplyHeaders() {}

  /**
   * @param origin whose script reads the reply; null if none does
   */
  public static Headers json(@Nullable String origin) {
    return origin == null ? JSON : readable(JSON, origin);
  }

  public static Headers plain(@Nullable String origin) {
    return origin == null ? PLAIN : readable(PLAIN, origin);
  }

  /** Those of another server's answer, and ours. */
  public static Headers relayed(Headers fields, @Nullable String origin) {
    Headers kept = fields.replace("Cache-Control", "no-store");
    return origin == null ? kept : readable(kept, origin);
  }

  /** Those of another server's stream, which no intermediary may store or buffer. */
  public static Headers events(Headers fields, @Nullable String origin) {
    Headers kept =
        fields
            .without("Content-Length")
            .replace("Cache-Control", "no-cache, no-store")
            .replace("X-Accel-Buffering", "no");
    return origin == null ? kept : readable(kept, origin);
  }

  /**
   * What a browser asks before a script's call (Fetch, CORS-preflight).
   *
   * @param allowed the methods that are served
   * @param fields the header fields that scripts may send
   */
  public static Reply preflight(String allowed, String fields, @Nullable String origin) {
    Reply reply = Reply.of(204).with("Cache-Control", "no-store").with("Allow", allowed);
    return origin == null
        ? reply
        : reply
            .with("Access-Control-Allow-Origin", origin)
            // The other two so that a script can read that they are not allowed.
            .with("Access-Control-Allow-Methods", "POST, GET, DELETE")
            .with("Access-Control-Allow-Headers", fields)
            .with("Access-Control-Max-Age", "7200")
            .with("Vary", "Origin");
  }

  private static Headers readable(Headers headers, String origin) {
    return headers
        .with("Access-Control-Allow-Origin", origin)
        .with("Access-Control-Expose-Headers", EXPOSED)
        .with("Vary", "Origin");
  }
}
