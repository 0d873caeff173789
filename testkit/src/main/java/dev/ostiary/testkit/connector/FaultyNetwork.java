package dev.ostiary.testkit.connector;

import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The way to the place where people sign in, which can be broken. */
final class FaultyNetwork implements Outbound {
  private final Outbound network;
  private @Nullable CompletableFuture<Reply> instead;

  FaultyNetwork(Outbound network) {
    this.network = network;
  }

  /** From now on, every call is answered so. */
  void answer(Reply reply) {
    instead = CompletableFuture.completedFuture(reply);
  }

  /** From now on, no call is answered. */
  void fail() {
    instead = CompletableFuture.failedFuture(new IOException("timed out"));
  }

  @Override
  public CompletableFuture<Reply> send(OutboundRequest request) {
    return instead == null ? network.send(request) : instead.copy();
  }

  @Override
  public void close() {
    network.close();
  }
}
