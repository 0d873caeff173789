package dev.ostiary.http.fetch;

import dev.ostiary.http.AddressLiteral;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URL that may be fetched, as far as the URL itself tells.
 *
 * @param host in lower case, without brackets
 */
record FetchTarget(URI uri, String host) {
  private static final int LONGEST = 2048;
  private static final Pattern NAME =
      Pattern.compile(
          "(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*"
              + "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  /** A last label that resolvers read as a number: decimal, octal or hexadecimal. */
  private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");

  private static final Pattern PORT = Pattern.compile(":[0-9]*$");

  private static final Pattern LEADING_ZERO = Pattern.compile("(.*\\.)?0[0-9].*");

  /**
   * The target, or null for a URL that names none.
   *
   * @param plain whether it may be one of http
   */
  static @Nullable FetchTarget of(URI uri, boolean plain) {
    if (!("https".equalsIgnoreCase(uri.getScheme())
            || (plain && "http".equalsIgnoreCase(uri.getScheme())))
        || uri.getRawUserInfo() != null
        || uri.getRawFragment() != null
        || uri.getPort() == 0
        || uri.getPort() > 65535
        || !isPlain(uri.toString())) {
      return null;
    }
    if (uri.getHost() == null) {
      return number(uri);
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (host.startsWith("[")) {
      String bare = host.substring(1, host.length() - 1);
      return AddressLiteral.parse(bare).isPresent() ? new FetchTarget(uri, bare) : null;
    }
    return NAME.matcher(host).matches() ? new FetchTarget(uri, host) : null;
  }

  /** What Java does not call a host, but resolvers would read as an address. */
  private static @Nullable FetchTarget number(URI uri) {
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    String host = PORT.matcher(authority.toLowerCase(Locale.ROOT)).replaceFirst("");
    return ENDS_IN_A_NUMBER.matcher(host).matches() ? new FetchTarget(uri, host) : null;
  }

  /** Java's URIs may hold characters that no URL on the wire has. */
  private static boolean isPlain(String text) {
    return text.length() <= LONGEST && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /** Whether the host is an address, but neither four plain decimal numbers nor plain IPv6. */
  boolean disguised() {
    if (host.indexOf(':') >= 0) {
      return literal().filter(Inet4Address.class::isInstance).isPresent();
    }
    return ENDS_IN_A_NUMBER.matcher(host).matches()
        && (literal().isEmpty() || LEADING_ZERO.matcher(host).matches());
  }

  /** The address, if the host is one. */
  Optional<InetAddress> literal() {
    return AddressLiteral.parse(host);
  }
}
