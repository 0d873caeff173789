package dev.ostiary.embed.config;

import dev.ostiary.protocol.Issuer;
import java.net.URI;

/**
 * Where the program listens.
 *
 * @param host a name or an address; an IPv6 address is in brackets
 * @param port 0 for any that is free
 */
public record Listen(String host, int port) {
  private static final int HTTP = 80;

  /** Where it listens behind a proxy, unless the configuration says otherwise. */
  static final Listen DEFAULT = new Listen("127.0.0.1", 8080);

  /**
   * Checks the shape.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  public Listen {
    if (host.isEmpty() || (host.contains(":") && !host.matches("\\[[0-9A-Fa-f:.]+]"))) {
      throw new IllegalArgumentException("must have a host, an IPv6 address in brackets");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("must have a port between 0 and 65535");
    }
  }

  /**
   * Reads {@code host:port}.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  public static Listen parse(String text) {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon < 0 || !port.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("must be a host, a colon and a port");
    }
    return new Listen(text.substring(0, colon), Integer.parseInt(port));
  }

  /** A loopback URL is also where the program listens; any other belongs to a proxy in front. */
  static Listen at(Issuer url) {
    URI uri = url.uri();
    boolean plain = uri.getScheme().equals("http");
    return plain ? new Listen(uri.getHost(), uri.getPort() < 0 ? HTTP : uri.getPort()) : DEFAULT;
  }

  /** Whether the two cannot both be had; port 0 is another one each time. */
  boolean collidesWith(Listen other) {
    boolean sameHost = host.equalsIgnoreCase(other.host) || isEverywhere() || other.isEverywhere();
    return port != 0 && port == other.port && sameHost;
  }

  private boolean isEverywhere() {
    return host.equals("0.0.0.0") || host.matches("\\[[0:]+]");
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
