package dev.ostiary.simulator.token;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A registered callback URL, and whether it stands for what is below it too.
 *
 * @param wildcard accepts sub-domains of the host and paths below the path
 */
public record Callback(URI uri, boolean wildcard) {
  public static Callback exact(String uri) {
    return new Callback(URI.create(uri), false);
  }

  public static Callback wildcard(URI uri) {
    return new Callback(uri, true);
  }

  /** Whether an authorization request may name this redirect URI. */
  public boolean accepts(String redirectUri) {
    URI asked = parse(redirectUri);
    if (asked == null || asked.getRawUserInfo() != null || asked.getRawFragment() != null) {
      return false;
    }
    return redirectUri.equals(uri.toString()) || isLoopbackTwin(asked) || isBelow(asked);
  }

  /** A loopback address in digits is the same callback on any port (RFC 8252 §7.3). */
  private boolean isLoopbackTwin(URI asked) {
    return isLoopback(uri)
        && sameScheme(asked)
        && uri.getHost().equalsIgnoreCase(asked.getHost())
        && Objects.equals(uri.getRawPath(), asked.getRawPath())
        && Objects.equals(uri.getRawQuery(), asked.getRawQuery());
  }

  private boolean isBelow(URI asked) {
    return wildcard
        && sameScheme(asked)
        && uri.getHost() != null
        && asked.getHost() != null
        && hostIsWithin(asked.getHost())
        && (isLoopback(uri) || port(uri) == port(asked))
        && pathIsWithin(asked.getPath());
  }

  private boolean hostIsWithin(String host) {
    String registered = uri.getHost().toLowerCase(Locale.ROOT);
    String asked = host.toLowerCase(Locale.ROOT);
    return asked.equals(registered) || asked.endsWith("." + registered);
  }

  private boolean pathIsWithin(String path) {
    if (path.contains("/../") || path.endsWith("/..")) {
      return false;
    }
    String registered = uri.getPath();
    String folder = registered.endsWith("/") ? registered : registered + "/";
    return path.equals(registered) || path.startsWith(folder);
  }

  private boolean sameScheme(URI asked) {
    return uri.getScheme().equalsIgnoreCase(asked.getScheme());
  }

  private static boolean isLoopback(URI uri) {
    return "http".equalsIgnoreCase(uri.getScheme())
        && ("127.0.0.1".equals(uri.getHost()) || "[::1]".equals(uri.getHost()));
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }

  private static @Nullable URI parse(String text) {
    try {
      URI uri = new URI(text);
      boolean ascii = uri.toASCIIString().equals(text);
      return ascii && uri.isAbsolute() && !uri.isOpaque() ? uri : null;
    } catch (URISyntaxException malformed) {
      return null;
    }
  }
}
