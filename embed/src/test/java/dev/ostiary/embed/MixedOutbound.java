package dev.ostiary.embed;

import dev.ostiary.http.ConnectRoute;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import java.util.concurrent.CompletableFuture;

/**
 * Calls the operator's servers in one way, and what strangers name, which is on a way, in another.
 */
public record MixedOutbound(Outbound known, Outbound strangers) implements Outbound {
  @Override
  public CompletableFuture<Reply> send(OutboundRequest request) {
    return known.send(request);
  }

  @Override
  public CompletableFuture<Reply> send(OutboundRequest request, ConnectRoute way) {
    return strangers.send(request, way);
  }

  @Override
  public void close() {
    known.close();
    strangers.close();
  }
}
