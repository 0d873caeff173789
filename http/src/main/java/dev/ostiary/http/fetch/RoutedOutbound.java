package dev.ostiary.http.fetch;

import dev.ostiary.http.ConnectRoute;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import java.util.concurrent.CompletableFuture;

/** Calls that all go one way. Closing it closes nothing. */
record RoutedOutbound(Outbound outbound, ConnectRoute way) implements Outbound {
  @Override
  public CompletableFuture<Reply> send(OutboundRequest request) {
    return outbound.send(request, way);
  }

  @Override
  public void close() {}
}
