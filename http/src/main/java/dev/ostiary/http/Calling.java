package dev.ostiary.http;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/**
 * How one server is called.
 *
 * @param authorities whose certificates count for it, beside those that the platform trusts
 * @param connect until a connection to it is there
 */
public record Calling(List<X509Certificate> authorities, Duration connect) {
  public Calling {
    authorities = List.copyOf(authorities);
  }
}
