package dev.ostiary.http.netty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** A body that a test drives: it counts what it is asked for. */
final class Pieces implements Flow.Publisher<ByteBuffer> {
  final AtomicLong asked = new AtomicLong();
  final Semaphore requests = new Semaphore(0);
  final CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
  final CompletableFuture<Flow.Subscriber<? super ByteBuffer>> subscriber =
      new CompletableFuture<>();
  private final int automatic;
  private final int size;

  /** Sends nothing by itself. */
  Pieces() {
    this(0, 0);
  }

  /** Answers the first requests at once, with pieces of this size. */
  Pieces(int automatic, int size) {
    this.automatic = automatic;
    this.size = size;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> reader) {
    subscriber.complete(reader);
    reader.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long count) {
            long now = asked.addAndGet(count);
            requests.release((int) count);
            if (now <= automatic) {
              reader.onNext(ByteBuffer.allocate(size));
            } else if (automatic > 0 && now == automatic + 1) {
              reader.onComplete();
            }
          }

          @Override
          public void cancel() {
            cancelled.complete(true);
          }
        });
  }

  void say(String piece) {
    subscriber.join().onNext(ByteBuffer.wrap(piece.getBytes(StandardCharsets.UTF_8)));
  }

  void end() {
    subscriber.join().onComplete();
  }
}
