package dev.ostiary.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds out who sent a request that came through a proxy. Only a peer that is trusted is believed:
 * each trusted proxy names whom it got the request from, so the client is the right-most address
 * that is not a trusted proxy itself; whatever stands to the left of it the client may have made
 * up. {@code Forwarded} (RFC 7239) and {@code X-Forwarded-For} are read. A proxy that writes one of
 * them often lets the other through as the client sent it, so where there are both they have to
 * agree. When in doubt, the request is the peer's. The address is all that follows these headers.
 */
public final class ForwardedFor implements Service {
  private final List<AddressRange> trusted;
  private final Service inner;

  /**
   * @param trusted where proxies are whose word counts
   */
  public ForwardedFor(List<AddressRange> trusted, Service inner) {
    this.trusted = List.copyOf(trusted);
    this.inner = inner;
  }

  @Override
  public void serve(Exchange exchange) {
    Request request = exchange.request();
    Optional<InetAddress> client =
        isTrusted(request.remote()) ? client(request.headers()) : Optional.empty();
    if (client.isEmpty()) {
      inner.serve(exchange);
    } else {
      inner.serve(new ForwardedExchange(exchange, request.from(client.get())));
    }
  }

  private Optional<InetAddress> client(Headers headers) {
    List<String> standard = headers.all("Forwarded");
    List<String> customary = headers.all("X-Forwarded-For");
    Predicate<InetAddress> isProxy = this::isTrusted;
    if (standard.isEmpty()) {
      return ForwardedChain.listed(customary).client(isProxy);
    }
    Optional<InetAddress> client = ForwardedChain.forwarded(standard).client(isProxy);
    return customary.isEmpty() || client.equals(ForwardedChain.listed(customary).client(isProxy))
        ? client
        : Optional.empty();
  }

  private boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(range -> range.contains(address));
  }
}
