package dev.ostiary.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which names a listener answers to. A page that has its own name resolve to our address ("DNS
 * rebinding") still sends that name in {@code Host}, and gets 421 for everything. Allowed are the
 * public authority, loopback names, and IP addresses, which no one can rebind.
 */
public final class HostRule implements Service {
  private final String authority;
  private final Set<String> names;
  private final String remedy;
  private final Service inner;

  /**
   * @param authority of the public URL: {@code mcp.example.com} or {@code mcp.example.com:8443}
   */
  public HostRule(String authority, Service inner) {
    this(
        authority.toLowerCase(Locale.ROOT),
        Set.of(),
        "It is configured as "
            + authority.toLowerCase(Locale.ROOT)
            + ": use that name, or set 'url' in the configuration to the URL that people use."
            + " Behind a proxy, have the proxy send the public host name.",
        inner);
  }

  private HostRule(String authority, Set<String> names, String remedy, Service inner) {
    this.authority = authority;
    this.names = names;
    this.remedy = remedy;
    this.inner = inner;
  }

  /**
   * For a listener without a public URL.
   *
   * @param names that it has beside its addresses, without ports
   * @param remedy a sentence for those who use another
   */
  public static HostRule named(List<String> names, String remedy, Service inner) {
    return new HostRule(
        "",
        names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()),
        remedy,
        inner);
  }

  @Override
  public void serve(Exchange exchange) {
    Request request = exchange.request();
    List<String> hosts = request.headers().all("Host");
    if (hosts.size() != 1) {
      refuse(exchange, Reply.text(400, "A request has exactly one Host header.\n"));
    } else if (!allows(hosts.getFirst())) {
      refuse(exchange, misdirected());
    } else {
      inner.serve(exchange);
    }
  }

  private static void refuse(Exchange exchange, Reply reply) {
    exchange.reply(CrossOrigin.readable(StampedExchange.stamp(exchange.request(), reply)));
  }

  private Reply misdirected() {
    return Reply.text(
        421, "This server does not answer to the host name of this request. " + remedy + "\n");
  }

  private boolean allows(String value) {
    String host = value.toLowerCase(Locale.ROOT);
    if (host.equals(authority)) {
      return true;
    }
    String name = withoutPort(host);
    return isDefaultPort(host, name)
        || names.contains(name)
        || name.equals("localhost")
        || isAddress(name);
  }

  /** A public URL on its scheme's own port, whose port a client has spelled out all the same. */
  private boolean isDefaultPort(String host, String name) {
    return name.equals(authority) && (host.endsWith(":443") || host.endsWith(":80"));
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    if (colon < 0 || colon < host.lastIndexOf(']')) {
      return host;
    }
    String port = host.substring(colon + 1);
    boolean digits = port.chars().allMatch(c -> c >= '0' && c <= '9') && port.length() <= 5;
    return digits ? host.substring(0, colon) : host;
  }

  private static boolean isAddress(String name) {
    boolean bracketed = name.startsWith("[") && name.endsWith("]");
    String literal = bracketed ? name.substring(1, name.length() - 1) : name;
    String alphabet = bracketed ? "0123456789abcdef:." : "0123456789.";
    if (literal.isEmpty() || literal.chars().anyMatch(c -> alphabet.indexOf(c) < 0)) {
      return false;
    }
    try {
      InetAddress.ofLiteral(literal);
      return true;
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }
}
