package dev.ostiary.http.fetch;

import dev.ostiary.http.ConnectRoute;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Answers every call with the same future, and remembers what was asked and how it travelled. */
final class FakeWeb implements Outbound {
  final Queue<OutboundRequest> requests = new ConcurrentLinkedQueue<>();
  final Queue<ConnectRoute> ways = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Reply> answer;

  private FakeWeb(CompletableFuture<Reply> answer) {
    this.answer = answer;
  }

  static FakeWeb answering(Reply reply) {
    return new FakeWeb(CompletableFuture.completedFuture(reply));
  }

  static FakeWeb failing(Throwable failure) {
    return new FakeWeb(CompletableFuture.failedFuture(failure));
  }

  static FakeWeb silent() {
    return new FakeWeb(new CompletableFuture<>());
  }

  @Override
  public CompletableFuture<Reply> send(OutboundRequest request) {
    throw new AssertionError("a call whose way is open");
  }

  @Override
  public CompletableFuture<Reply> send(OutboundRequest request, ConnectRoute way) {
    requests.add(request);
    ways.add(way);
    return answer.copy();
  }

  @Override
  public void close() {}
}
