package dev.ostiary.http;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * Where to connect for a call, when the name in its address must not decide that. The name is still
 * what TLS asks for (SNI), what the certificate must be for, and what Host says.
 */
public sealed interface ConnectRoute {
  /** How long connecting may take, to one address. */
  Duration patience();

  /** One of these addresses, tried in turn; the name is not resolved. */
  record Pinned(List<InetAddress> addresses, Duration patience) implements ConnectRoute {
    public Pinned {
      addresses = List.copyOf(addresses);
      if (addresses.isEmpty()) {
        throw new IllegalArgumentException("no address to connect to");
      }
    }
  }

  /** Through a proxy that is asked to CONNECT to the name (RFC 9110 §9.3.6), and resolves it. */
  record Tunnelled(String proxyHost, int proxyPort, Duration patience) implements ConnectRoute {}
}
