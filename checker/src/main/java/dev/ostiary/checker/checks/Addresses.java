package dev.ostiary.checker.checks;

import java.net.URI;
import java.util.Set;

/** Addresses as a client judges them. */
final class Addresses {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

  private Addresses() {}

  /** Whether it is https, or http on loopback. */
  static boolean isSafe(String address) {
    try {
      URI uri = URI.create(address);
      return "https".equalsIgnoreCase(uri.getScheme()) || isLoopback(uri);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  static boolean isLoopback(URI uri) {
    return uri.getHost() != null && LOOPBACK.contains(uri.getHost());
  }
}
