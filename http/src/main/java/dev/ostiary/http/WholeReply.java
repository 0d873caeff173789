package dev.ostiary.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for an answer and reads its body to the end, within a size and a time. */
final class WholeReply {
  private WholeReply() {}

  static Reply await(CompletableFuture<Reply> coming, int limit, Duration timeout)
      throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    Reply reply = get(coming, deadline);
    return switch (reply.body()) {
      case Body.Whole whole when whole.length() > limit -> throw tooLarge(limit);
      case Body.Whole _ -> reply;
      case Body.Streamed streamed -> {
        Collector collector = new Collector(limit);
        streamed.source().subscribe(collector);
        try {
          yield new Reply(reply.status(), reply.headers(), get(collector.whole, deadline));
        } finally {
          collector.cancel();
        }
      }
    };
  }

  private static <T> T get(CompletableFuture<T> future, long deadline) throws IOException {
    try {
      return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      future.cancel(true);
      throw new java.net.http.HttpTimeoutException("no answer in time");
    } catch (InterruptedException interrupted) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException known) {
        throw known;
      }
      throw new IOException("the call failed", failed.getCause());
    }
  }

  private static IOException tooLarge(int limit) {
    return new IOException("the answer is larger than " + limit + " bytes");
  }

  private static final class Collector implements Flow.Subscriber<ByteBuffer> {
    private final CompletableFuture<Body.Whole> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int limit;
    private volatile Flow.@Nullable Subscription subscription;

    Collector(int limit) {
      this.limit = limit;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer piece) {
      if (bytes.size() + piece.remaining() > limit) {
        whole.completeExceptionally(tooLarge(limit));
        cancel();
        return;
      }
      byte[] copy = new byte[piece.remaining()];
      piece.get(copy);
      bytes.writeBytes(copy);
    }

    @Override
    public void onError(Throwable failure) {
      whole.completeExceptionally(
          failure instanceof IOException
              ? failure
              : new IOException("the body broke off", failure));
    }

    @Override
    public void onComplete() {
      whole.complete(Body.of(bytes.toByteArray()));
    }

    void cancel() {
      if (subscription != null) {
        subscription.cancel();
      }
    }
  }
}
