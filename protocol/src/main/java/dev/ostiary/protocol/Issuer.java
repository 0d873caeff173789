package dev.ostiary.protocol;

import java.net.URI;

/**
 * The identity of an authorization server, byte for byte as its metadata, its tokens and its
 * authorization responses carry it (RFC 8414 §2, RFC 9207 §2). It comes from the configuration and
 * never from a request.
 */
public record Issuer(String value) {
  /**
   * Checks the shape: an https URL, or http on a loopback host, without query, fragment, user
   * information, default port, upper case in scheme or host, or a slash at the end.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  public Issuer {
    PublicUrl.check(value);
    if (value.endsWith("/")) {
      throw new IllegalArgumentException("must not end with a slash");
    }
  }

  public URI uri() {
    return URI.create(value);
  }

  /** Whether this is a development set-up on this machine only. */
  public boolean isLoopback() {
    return Loopback.isLoopback(uri().getHost());
  }

  /** What every path of ours begins with: empty, or a slash and more, without one at the end. */
  public String path() {
    return uri().getRawPath();
  }

  /** The address of one of our own paths. */
  public String at(String path) {
    return value + path;
  }

  @Override
  public String toString() {
    return value;
  }
}
