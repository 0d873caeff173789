package dev.ostiary.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** A body that says one piece, and then what it is told to: end, failure, or nothing more. */
final class FakePieces implements Flow.Publisher<ByteBuffer> {
  enum Then {
    END,
    FAILURE,
    SILENCE
  }

  final CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
  private final String piece;
  private final Then then;

  FakePieces(String piece, Then then) {
    this.piece = piece;
    this.then = then;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long count) {
            subscriber.onNext(ByteBuffer.wrap(piece.getBytes(StandardCharsets.UTF_8)));
            switch (then) {
              case END -> subscriber.onComplete();
              case FAILURE -> subscriber.onError(new IllegalStateException("broken"));
              case SILENCE -> {}
            }
          }

          @Override
          public void cancel() {
            cancelled.complete(true);
          }
        });
  }
}
