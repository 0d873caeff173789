package dev.ostiary.authorization.client.assertion;

import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.http.fetch.GuardedFetch;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** A network in which nothing answers. */
public final class FakeKeyHost implements Outbound {
  private FakeKeyHost() {}

  /** Fetches nothing. */
  public static GuardedFetch none() {
    return GuardedFetch.through(new FakeKeyHost()).build();
  }

  @Override
  public CompletableFuture<Reply> send(OutboundRequest request) {
    return CompletableFuture.failedFuture(new IOException("nothing answers"));
  }

  @Override
  public void close() {}
}
