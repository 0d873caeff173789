package dev.ostiary.gateway.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The address that a server of 2024-11-05 wants messages to be posted to. */
final class Endpoints {
  private Endpoints() {}

  /**
   * Reads it; empty unless it is of the same origin as the stream, so that credentials and messages
   * stay there.
   */
  static Optional<URI> read(byte[] data, URI stream) {
    try {
      URI named = stream.resolve(URI.create(new String(data, UTF_8).strip()));
      return isOfOrigin(named, stream) ? Optional.of(named) : Optional.empty();
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private static boolean isOfOrigin(URI named, URI stream) {
    return equal(named.getScheme(), stream.getScheme())
        && equal(named.getHost(), stream.getHost())
        && port(named) == port(stream)
        && named.getRawUserInfo() == null
        && named.getRawFragment() == null;
  }

  private static boolean equal(@Nullable String one, @Nullable String other) {
    return one != null && one.equalsIgnoreCase(other);
  }

  private static int port(URI uri) {
    int usual = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    return uri.getPort() < 0 ? usual : uri.getPort();
  }
}
