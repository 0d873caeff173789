package dev.ostiary.protocol;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Host names that mean this machine: {@code localhost}, 127.0.0.0/8 and {@code [::1]} (RFC 8252).
 */
public final class Loopback {
  private static final Pattern IPV4 =
      Pattern.compile("127(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}");

  private Loopback() {}

  /**
   * Whether a browser that is sent to this host stays on this machine. Browsers take every name
   * below {@code localhost} for this machine (RFC 6761 §6.3); resolvers may not, so a connection of
   * our own is not made on this word.
   */
  public static boolean isLoopbackForBrowsers(String host) {
    return isLoopback(host) || host.toLowerCase(Locale.ROOT).endsWith(".localhost");
  }

  /** Whether the host of a URL, in the form a URL has it, is one of them. */
  public static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || IPV4.matcher(host).matches();
  }
}
