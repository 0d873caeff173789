package dev.ostiary.checker.http;

import dev.ostiary.http.Headers;
import dev.ostiary.http.OutboundRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A request and its answer as text, without its secrets and not longer than a reader wants. */
final class Transcript {
  private static final int LONGEST = 3000;

  /**
   * More is not even searched for secrets: a server may send a megabyte of what is slow to search.
   */
  private static final int LOOKED_AT = 4 * LONGEST;

  private static final String MASK = "*****";

  private static final Set<String> SECRET_HEADERS =
      Set.of("cookie", "set-cookie", "mcp-session-id");

  private static final String SECRETS =
      "access_token|refresh_token|id_token|client_secret|code|code_verifier|state|csrf|password"
          + "|registration_access_token|registration_client_uri|client_assertion|assertion|token"
          + "|request|session|nonce";

  private static final Pattern IN_FORM =
      Pattern.compile("(^|[?&;\\s\"'])(" + SECRETS + ")=([^&\\s\"'<>#]+)");
  private static final Pattern IN_JSON =
      Pattern.compile("(\"(?:" + SECRETS + ")\"\\s*+:\\s*+\")((?>[^\"\\\\]|\\\\.)++)(\"|$)");
  private static final Pattern IN_PAGE =
      Pattern.compile("(type=\"hidden\"[^>]*value=\")([^\"]+)(\"|$)");
  private static final Pattern CREDENTIALS = Pattern.compile("(?i)^(\\S+) .+$");

  private Transcript() {}

  static Exchanged of(
      OutboundRequest request, String content, int status, Headers headers, String received) {
    return new Exchanged(
        sent(request, content), "HTTP " + status + "\n" + fields(headers) + body(received));
  }

  static Exchanged unanswered(OutboundRequest request, String content, IOException why) {
    return new Exchanged(sent(request, content), "no answer: " + why.getMessage());
  }

  private static String sent(OutboundRequest request, String content) {
    return request.method()
        + " "
        + masked(request.uri().toString())
        + "\n"
        + fields(request.headers())
        + body(content);
  }

  private static String fields(Headers headers) {
    StringBuilder lines = new StringBuilder();
    headers.forEach(
        (name, value) -> lines.append(name).append(": ").append(masked(name, value)).append('\n'));
    return lines.toString();
  }

  private static String masked(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("authorization")) {
      return CREDENTIALS.matcher(value).replaceFirst("$1 " + MASK);
    }
    return SECRET_HEADERS.contains(lower) ? MASK : masked(value);
  }

  private static String body(String content) {
    if (content.isEmpty()) {
      return "";
    }
    String text = masked(content.substring(0, Math.min(content.length(), LOOKED_AT)));
    if (text.length() <= LONGEST && content.length() <= LOOKED_AT) {
      return "\n" + text;
    }
    String shown = text.substring(0, Math.min(text.length(), LONGEST));
    return "\n%s\n… of %d characters".formatted(shown, content.length());
  }

  static String masked(String text) {
    String form = IN_FORM.matcher(text).replaceAll("$1$2=" + MASK);
    String json = IN_JSON.matcher(form).replaceAll("$1" + MASK + "$3");
    return IN_PAGE.matcher(json).replaceAll("$1" + MASK + "$3");
  }
}
