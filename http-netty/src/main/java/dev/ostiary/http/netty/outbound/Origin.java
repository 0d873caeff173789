package dev.ostiary.http.netty.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a call goes: connections are shared by calls of one origin.
 *
 * @param host a name, or an address without brackets
 */
record Origin(boolean tls, String host, int port) {
  /** The origin of an http or https address; null for any other. */
  static @Nullable Origin of(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("https");
    if (uri.getHost() == null || uri.getRawUserInfo() != null || !(tls || scheme.equals("http"))) {
      return null;
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new Origin(tls, bare, uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80);
  }

  /** The value of Host (RFC 9110 §7.2). */
  String authority() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == (tls ? 443 : 80) ? name : name + ":" + port;
  }

  /** Its address, if the host is one: then nothing has to be asked for it. */
  @Nullable InetAddress literal() {
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException aName) {
      return null;
    }
  }

  /** Its addresses. Asks the resolver of the system, and blocks. */
  List<InetAddress> resolve() throws UnknownHostException {
    return List.of(InetAddress.getAllByName(host));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
