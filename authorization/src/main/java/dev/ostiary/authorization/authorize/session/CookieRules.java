package dev.ostiary.authorization.authorize.session;

import dev.ostiary.http.SetCookie;
import dev.ostiary.protocol.Issuer;
import java.time.Duration;

/**
 * What our cookies are called and how they are sent. On https they have the {@code __Host-} prefix,
 * which no neighbouring host can set (RFC 6265bis §4.1.3.2). On http, which is for loopback only,
 * browsers differ about the prefix and about {@code Secure}, so there is neither; cookies do not
 * keep ports apart, so there the port is in the name.
 */
public final class CookieRules {
  private final String prefix;
  private final boolean secure;

  private CookieRules(String prefix, boolean secure) {
    this.prefix = prefix;
    this.secure = secure;
  }

  public static CookieRules of(Issuer issuer) {
    boolean secure = issuer.uri().getScheme().equals("https");
    int port = issuer.uri().getPort() < 0 ? 80 : issuer.uri().getPort();
    return new CookieRules(secure ? "__Host-ostiary-" : "ostiary-" + port + "-", secure);
  }

  /** The full name of the cookie for a purpose. */
  public String name(String purpose) {
    return prefix + purpose;
  }

  SetCookie setting(String purpose, String value, Duration maxAge) {
    return new SetCookie(name(purpose), value, maxAge, secure);
  }

  SetCookie removing(String purpose) {
    return SetCookie.removing(name(purpose), secure);
  }
}
