package dev.ostiary.gateway.token;

/** What an {@code Authorization} field holds (RFC 6750 §2.1). */
public sealed interface Credentials {
  /** Nothing, something else than a bearer token, or a scheme without a token. */
  record None() implements Credentials {}

  /** An access token, not checked yet. */
  record Bearer(String token) implements Credentials {
    @Override
    public String toString() {
      return "Bearer *****";
    }
  }

  /** A bearer token that is none. */
  record Malformed(String why) implements Credentials {}

  None NONE = new None();

  static Credentials parse(String field) {
    int space = field.indexOf(' ');
    if (space < 0 || !field.substring(0, space).equalsIgnoreCase("Bearer")) {
      return NONE;
    }
    String token = field.substring(space).strip();
    return isToken(token)
        ? new Bearer(token)
        : new Malformed("Authorization must be Bearer and one token");
  }

  /** Whether it is a b64token. */
  private static boolean isToken(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && c != '-' && c != '.' && c != '_' && c != '~' && c != '+' && c != '/') {
        return false;
      }
    }
    return end > 0;
  }
}
