package dev.ostiary.http;

import java.util.List;

/**
 * Cross-origin resource sharing (CORS) for what scripts of every origin may read. Credentials are
 * never allowed, so a reply shows nothing that its reader could not have fetched from elsewhere.
 */
public final class CrossOrigin {
  private static final String ONE_DAY = "86400";

  private CrossOrigin() {}

  /** Whether a browser asks if a script may send a request (Fetch, CORS-preflight). */
  static boolean isPreflight(Request request) {
    return request.method().equals("OPTIONS")
        && request.headers().has("Origin")
        && request.headers().has("Access-Control-Request-Method");
  }

  /** The answer to the question a browser asks before it sends the request itself. */
  static Reply preflight(List<String> methods) {
    return Reply.of(204)
        .with("Access-Control-Allow-Origin", "*")
        .with("Access-Control-Allow-Methods", String.join(", ", methods))
        .with(
            "Access-Control-Allow-Headers",
            "Authorization, Content-Type, MCP-Protocol-Version, traceparent, tracestate, baggage")
        .with("Access-Control-Max-Age", ONE_DAY);
  }

  /** The same reply, which scripts may read. */
  public static Reply readable(Reply reply) {
    return reply
        .replace("Access-Control-Allow-Origin", "*")
        .replace("Access-Control-Expose-Headers", "WWW-Authenticate, Retry-After, X-Request-Id");
  }
}
