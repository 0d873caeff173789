package dev.ostiary.embed.config.credential;

import dev.ostiary.config.Problems;
import dev.ostiary.protocol.Secret;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What must hold of a static key: it has to fit into one header field that is free for it. */
final class ApiKeyRules {
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VISIBLE =
      Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?");

  /** Those of the connection, the content and MCP. */
  private static final Set<String> TAKEN =
      Set.of(
          "accept",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "expect",
          "host",
          "keep-alive",
          "last-event-id",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private ApiKeyRules() {}

  static void header(String name, Problems problems) {
    String header = name.toLowerCase(Locale.ROOT);
    if (!TOKEN.matcher(header).matches() || TAKEN.contains(header) || header.startsWith("mcp-")) {
      problems.add(
          name,
          "must be the name of a header field that is free for it",
          "Write X-API-Key, Authorization, or what the server's manual says.");
    }
  }

  static void prefix(String prefix, Problems problems) {
    if (!TOKEN.matcher(prefix).matches()) {
      problems.add(prefix, "must be one word", "Write Bearer; the space comes by itself.");
    }
  }

  static void value(Secret value, Problems problems) {
    if (!VISIBLE.matcher(value.reveal()).matches()) {
      problems.add(
          null,
          "must be one line of visible ASCII characters",
          "Look for a line break or a letter from another alphabet in the secret.");
    }
  }
}
