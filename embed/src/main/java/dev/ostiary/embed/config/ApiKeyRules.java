package dev.ostiary.embed.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

  /** Takes note of a problem. */
  interface Problems {
    void add(String key, @Nullable String value, String what, String remedy);
  }

  static void check(Credential.ApiKey key, Problems problems) {
    String header = key.header().toLowerCase(Locale.ROOT);
    if (!TOKEN.matcher(header).matches() || TAKEN.contains(header) || header.startsWith("mcp-")) {
      problems.add(
          "api-key.header",
          key.header(),
          "must be the name of a header field that is free for it",
          "Write X-API-Key, Authorization, or what the server's manual says.");
    }
    String prefix = key.prefix();
    if (prefix != null && !TOKEN.matcher(prefix).matches()) {
      problems.add(
          "api-key.prefix", prefix, "must be one word", "Write Bearer; the space comes by itself.");
    }
    if (!VISIBLE.matcher(key.value().reveal()).matches()) {
      problems.add(
          "api-key.value",
          null,
          "must be one line of visible ASCII characters",
          "Look for a line break or a letter from another alphabet in the secret.");
    }
  }
}
