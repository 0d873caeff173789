package dev.ostiary.protocol;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** The shape that every URL we publish has. */
final class PublicUrl {
  private static final int HIGHEST_PORT = 65_535;

  private PublicUrl() {}

  static void check(String value) {
    URI uri;
    try {
      uri = new URI(value);
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException("is not a URL", malformed);
    }
    String host = uri.getHost();
    if (host == null || uri.getScheme() == null) {
      throw new IllegalArgumentException("must be an absolute URL with a host");
    }
    require(uri.getRawUserInfo() == null, "must not have user information");
    require(uri.getRawQuery() == null, "must not have a query");
    require(uri.getRawFragment() == null, "must not have a fragment");
    boolean secure = uri.getScheme().equals("https");
    require(
        secure || (uri.getScheme().equals("http") && Loopback.isLoopback(host)),
        "must be https (http is for loopback hosts only)");
    require(host.equals(host.toLowerCase(Locale.ROOT)), "must have a lower-case host");
    boolean portless = uri.getPort() == -1 && !uri.getRawAuthority().endsWith(":");
    require(
        portless || (uri.getPort() > 0 && uri.getPort() <= HIGHEST_PORT),
        "must have a port between 1 and " + HIGHEST_PORT + ", or none");
    require(uri.getPort() != (secure ? 443 : 80), "must not name the default port");
    require(uri.normalize().equals(uri), "must not have dot segments");
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
