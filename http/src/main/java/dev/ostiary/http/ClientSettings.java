package dev.ostiary.http;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/**
 * How one server is called.
 *
 * @param authorities whose certificates count for it, beside those that the platform trusts
 * @param connect until a connection to it is there
 * @param idle how long a connection waits for its next call; a shorter time that the server gives
 *     in {@code Keep-Alive} counts
 */
public record ClientSettings(List<X509Certificate> authorities, Duration connect, Duration idle) {
  public static final Duration USUAL_IDLE = Duration.ofSeconds(30);

  /** The platform's authorities only, and 5 s to connect. */
  public static final ClientSettings USUAL =
      new ClientSettings(List.of(), Duration.ofSeconds(5), USUAL_IDLE);

  public ClientSettings {
    authorities = List.copyOf(authorities);
  }
}
