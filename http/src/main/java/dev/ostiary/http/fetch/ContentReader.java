package dev.ostiary.http.fetch;

import dev.ostiary.http.Body;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads content piece by piece, up to a limit. */
final class ContentReader implements Flow.Subscriber<ByteBuffer> {
  private final CompletableFuture<Body.Whole> content = new CompletableFuture<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final int limit;
  private volatile Flow.@Nullable Subscription subscription;

  ContentReader(int limit) {
    this.limit = limit;
  }

  /** All of it; fails with a {@link FetchFailure} when it is too much. */
  CompletableFuture<Body.Whole> content() {
    return content;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(ByteBuffer piece) {
    if (bytes.size() + piece.remaining() > limit) {
      content.completeExceptionally(new FetchFailure(new FetchRefusal.TooLarge(limit)));
      cancel();
      return;
    }
    byte[] copy = new byte[piece.remaining()];
    piece.get(copy);
    bytes.writeBytes(copy);
    Flow.Subscription current = subscription;
    if (current != null) {
      current.request(1);
    }
  }

  @Override
  public void onError(Throwable failure) {
    content.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    content.complete(Body.of(bytes.toByteArray()));
  }

  /** Lets go of the connection, if the content has not come to its end. */
  void cancel() {
    Flow.Subscription current = subscription;
    if (current != null) {
      current.cancel();
    }
  }
}
