package dev.ostiary.gateway;

import dev.ostiary.http.Headers;
import java.util.Locale;
import java.util.Set;

/**
 * The header fields of a client that a backend may see: all others stay here, above all those that
 * carry credentials. {@code Mcp-Session-Id} is ours towards the client and is replaced.
 */
final class ForwardedFields {
  private static final Set<String> NAMES =
      Set.of(
          "accept",
          "content-type",
          "last-event-id",
          "mcp-method",
          "mcp-name",
          "mcp-protocol-version",
          "traceparent",
          "tracestate",
          "baggage");

  private static final String PARAMETER = "mcp-param-";

  private ForwardedFields() {}

  static Headers of(Headers headers) {
    return headers.only(ForwardedFields::may);
  }

  private static boolean may(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return NAMES.contains(lower) || lower.startsWith(PARAMETER);
  }
}
