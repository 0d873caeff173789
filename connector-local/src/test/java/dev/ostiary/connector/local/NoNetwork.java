package dev.ostiary.connector.local;

import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import java.util.concurrent.CompletableFuture;

/** A network that must not be used. */
final class NoNetwork implements Outbound {
  @Override
  public CompletableFuture<Reply> send(OutboundRequest request) {
    return CompletableFuture.failedFuture(new AssertionError("asked " + request));
  }

  @Override
  public void close() {}
}
