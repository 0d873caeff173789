package dev.ostiary.embed;

import dev.ostiary.http.ConnectRoute;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The hosts of clients that publish their keys, beside the GitHub that everything else goes to. */
final class FakeKeyHost implements Outbound {
  static final List<InetAddress> ADDRESS = List.of(InetAddress.ofLiteral("1.1.1.1"));

  final AtomicInteger fetches = new AtomicInteger();
  private final Map<URI, Reply> replies = new ConcurrentHashMap<>();
  private final Outbound others;

  FakeKeyHost(Outbound others) {
    this.others = others;
  }

  void publish(String uri, String jwks) {
    replies.put(URI.create(uri), Reply.json(200, jwks));
  }

  /** Nothing answers there any more. */
  void fallSilent(String uri) {
    replies.remove(URI.create(uri));
  }

  @Override
  public CompletableFuture<Reply> send(OutboundRequest request) {
    return others.send(request);
  }

  @Override
  public CompletableFuture<Reply> send(OutboundRequest request, ConnectRoute way) {
    fetches.incrementAndGet();
    Reply reply = replies.get(request.uri());
    return reply == null
        ? CompletableFuture.failedFuture(new IOException("nothing answers"))
        : CompletableFuture.completedFuture(reply);
  }

  @Override
  public void close() {}
}
