package dev.ostiary.http;

import java.time.Duration;

/**
 * A cookie for the browser to keep: for every path of this host only, unreadable to scripts, and
 * sent along from other sites only when a person follows a link (RFC 6265 §4.1).
 *
 * @param maxAge how long to keep it; zero removes it
 * @param secure whether it is sent over https only
 */
public record SetCookie(String name, String value, Duration maxAge, boolean secure) {
  /**
   * @throws IllegalArgumentException if the name is not a token, the value has an octet that
   *     cookies cannot carry, or a {@code __Host-} cookie is not secure
   */
  public SetCookie {
    if (!Headers.isToken(name)) {
      throw new IllegalArgumentException("not a cookie name");
    }
    if (!value.chars().allMatch(SetCookie::isCookieOctet)) {
      throw new IllegalArgumentException("not a cookie value for " + name);
    }
    if (maxAge.isNegative()) {
      throw new IllegalArgumentException("the age of the cookie " + name + " is negative");
    }
    if (name.startsWith("__Host-") && !secure) {
      throw new IllegalArgumentException(name + " must be secure");
    }
  }

  /** What makes the browser forget the cookie. */
  public static SetCookie removing(String name, boolean secure) {
    return new SetCookie(name, "", Duration.ZERO, secure);
  }

  /** The value of the {@code Set-Cookie} header. */
  public String header() {
    return name
        + "="
        + value
        + "; Path=/; Max-Age="
        + maxAge.toSeconds()
        + (secure ? "; Secure" : "")
        + "; HttpOnly; SameSite=Lax";
  }

  /** The name only: the value is a secret. */
  @Override
  public String toString() {
    return name;
  }

  private static boolean isCookieOctet(int c) {
    return c > ' ' && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
  }
}
