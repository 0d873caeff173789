package dev.ostiary.gateway.backend;

import dev.ostiary.http.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The header fields of a backend that a client gets: all but those of the connection, those that a
 * browser would take as ours, and those that tell what is behind the door.
 */
final class RelayedFields {
  private static final Set<String> DROPPED =
      Set.of(
          // of the connection (RFC 9110 §7.6.1)
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authentication-info",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          // credentials and places that are the backend's own
          "authentication-info",
          "content-location",
          "link",
          "location",
          "refresh",
          "set-cookie",
          "set-cookie2",
          "sourcemap",
          "www-authenticate",
          // orders to browsers about our origin
          "alt-svc",
          "clear-site-data",
          "content-security-policy",
          "content-security-policy-report-only",
          "expect-ct",
          "nel",
          "origin-agent-cluster",
          "permissions-policy",
          "public-key-pins",
          "referrer-policy",
          "report-to",
          "reporting-endpoints",
          "service-worker-allowed",
          "strict-transport-security",
          "timing-allow-origin",
          "vary",
          "x-frame-options",
          // about caches, which keep nothing of this
          "age",
          "cache-control",
          "expires",
          "pragma",
          // about what is behind the door
          "server",
          "server-timing",
          "via",
          "x-aspnet-version",
          "x-powered-by",
          "x-request-id",
          // ours
          "date",
          "mcp-session-id",
          "x-accel-buffering",
          "x-content-type-options");

  private static final List<String> DROPPED_FAMILIES =
      List.of("access-control-", "cross-origin-", "x-forwarded-");

  private RelayedFields() {}

  static Headers of(Headers answer) {
    return answer.only(RelayedFields::stays);
  }

  private static boolean stays(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !DROPPED.contains(lower) && !isOfDroppedFamily(lower);
  }

  private static boolean isOfDroppedFamily(String name) {
    for (String family : DROPPED_FAMILIES) {
      if (name.startsWith(family)) {
        return true;
      }
    }
    return false;
  }
}
