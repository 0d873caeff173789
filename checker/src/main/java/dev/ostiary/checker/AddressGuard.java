package dev.ostiary.checker;

import dev.ostiary.http.ConnectRoute;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.http.fetch.NameResolver;
import dev.ostiary.http.fetch.PublicAddresses;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets a checked server name only addresses of its own kind: a server on the internet cannot have
 * the checker call what is on this machine or in its network, nor one on this machine what is in
 * the network (SSRF). Addresses on the internet may be named by all. Where a name leads is looked
 * up here, and the call goes there and nowhere else.
 */
public final class AddressGuard implements Outbound {
  private static final System.Logger LOG = System.getLogger(AddressGuard.class.getName());
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** How far an address reaches. */
  private enum Reach {
    THIS_MACHINE,
    PRIVATE_NETWORK,
    INTERNET;

    static Reach of(InetAddress address) {
      if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
        return THIS_MACHINE;
      }
      return PublicAddresses.contains(address) ? INTERNET : PRIVATE_NETWORK;
    }

    String words() {
      return switch (this) {
        case THIS_MACHINE -> "an address of this machine";
        case PRIVATE_NETWORK -> "an address of a private network";
        case INTERNET -> "an address on the internet";
      };
    }
  }

  private final Outbound outbound;
  private final NameResolver resolver;
  private final Set<String> given;
  private final Set<Reach> allowed;

  /**
   * @param outbound that takes Host from a request
   * @param target the server that is checked
   * @param given what the person who checks named as well
   */
  public AddressGuard(Outbound outbound, NameResolver resolver, URI target, List<URI> given) {
    this.outbound = outbound;
    this.resolver = resolver;
    this.given =
        Stream.concat(Stream.of(target), given.stream())
            .map(AddressGuard::origin)
            .collect(Collectors.toUnmodifiableSet());
    this.allowed = EnumSet.of(Reach.INTERNET);
    try {
      resolver.resolve(host(target)).stream().map(Reach::of).forEach(allowed::add);
    } catch (UnknownHostException unknown) {
      LOG.log(System.Logger.Level.DEBUG, "the host of the server is unknown", unknown);
    }
  }

  @Override
  public CompletableFuture<Reply> send(OutboundRequest request) {
    if (request.uri().getHost() == null || given.contains(origin(request.uri()))) {
      return outbound.send(request);
    }
    try {
      List<InetAddress> addresses = resolver.resolve(host(request.uri()));
      Optional<Reach> forbidden =
          addresses.stream().map(Reach::of).filter(reach -> !allowed.contains(reach)).findFirst();
      return forbidden.isPresent()
          ? refused(
              "%s is %s, which this server has no business to name; --allow-private goes there"
                  .formatted(request.uri().getHost(), forbidden.get().words()))
          : send(request, addresses);
    } catch (UnknownHostException unknown) {
      return refused("the host " + request.uri().getHost() + " is unknown");
    }
  }

  @Override
  public CompletableFuture<Reply> send(OutboundRequest request, ConnectRoute way) {
    return outbound.send(request, way);
  }

  private CompletableFuture<Reply> send(OutboundRequest request, List<InetAddress> addresses) {
    URI uri = request.uri();
    if ("https".equalsIgnoreCase(uri.getScheme())) {
      return outbound.send(request, new ConnectRoute.Pinned(addresses, CONNECT));
    }
    InetAddress address = addresses.getFirst();
    String literal =
        address instanceof Inet6Address
            ? "[" + address.getHostAddress() + "]"
            : address.getHostAddress();
    URI there =
        URI.create(
            "http://"
                + literal
                + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                + (uri.getRawPath() == null ? "" : uri.getRawPath())
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
    Headers headers =
        request.headers().has("Host")
            ? request.headers()
            : request.headers().with("Host", uri.getRawAuthority());
    return outbound.send(
        new OutboundRequest(request.method(), there, headers, request.body(), request.timeout()));
  }

  private static CompletableFuture<Reply> refused(String why) {
    return CompletableFuture.failedFuture(new ConnectException(why));
  }

  private static String origin(URI uri) {
    return (uri.getScheme() + "://" + uri.getRawAuthority()).toLowerCase(Locale.ROOT);
  }

  /** Without the brackets of an IPv6 address. */
  private static String host(URI uri) {
    String host = String.valueOf(uri.getHost());
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  @Override
  public void close() {
    outbound.close();
  }
}
