package dev.ostiary.authorization.client.redirect;

import dev.ostiary.protocol.Loopback;
import dev.ostiary.protocol.RedirectUri;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where an answer is sent, as people are shown it.
 *
 * @param kind what sort of place it is
 * @param name the host, in its ASCII form, so that look-alike letters are seen; of a private-use
 *     scheme, the scheme
 */
public record RedirectTarget(Kind kind, String name) {
  /** What sort of place an answer is sent to. */
  public enum Kind {
    /** A web site. */
    WEB,
    /** Any program that listens on this computer at that moment (RFC 8252 §8.3). */
    LOOPBACK,
    /** The program that registered the scheme on this device (RFC 8252 §7.1). */
    CUSTOM_SCHEME
  }

  public static RedirectTarget of(RedirectUri uri) {
    String scheme;
    String host;
    try {
      URI parsed = new URI(uri.value());
      scheme = String.valueOf(parsed.getScheme());
      host = host(parsed);
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException("a proven redirect URI is a URI", malformed);
    }
    if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
      return new RedirectTarget(Kind.CUSTOM_SCHEME, scheme);
    }
    return new RedirectTarget(
        Loopback.isLoopbackForBrowsers(host) ? Kind.LOOPBACK : Kind.WEB, ascii(host));
  }

  private static String host(URI uri) {
    String authority = uri.getAuthority() == null ? "" : uri.getAuthority();
    return uri.getHost() == null ? authority.replaceAll("^.*@|:[0-9]*$", "") : uri.getHost();
  }

  private static String ascii(String host) {
    try {
      return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException notAName) {
      return host;
    }
  }
}
