package dev.ostiary.protocol;

import java.util.regex.Pattern;

/**
 * Host names that mean this machine: {@code localhost}, 127.0.0.0/8 and {@code [::1]} (RFC 8252).
 */
public final class Loopback {
  private static final Pattern IPV4 =
      Pattern.compile("127(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}");

  private Loopback() {}

  /** Whether the host of a URL, in the form a URL has it, is one of them. */
  public static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || IPV4.matcher(host).matches();
  }
}
