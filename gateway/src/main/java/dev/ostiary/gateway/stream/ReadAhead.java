package dev.ostiary.gateway.stream;

import dev.ostiary.http.Body;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Reads the beginning of a streamed body before anything of it is passed on: all of it, if it is
 * short, so that a body that breaks off can still be answered with an error; otherwise enough to
 * know what has to be known. What was read comes first when the rest is streamed.
 */
public final class ReadAhead
    implements Flow.Subscriber<ByteBuffer>,
        Flow.Publisher<ByteBuffer>,
        Flow.Subscription,
        Ticker.Tickable {
  /** Whether enough has been read. */
  public interface Enough {
    boolean is(ByteArrayOutputStream read, ByteBuffer latest);
  }

  private final CompletableFuture<Body> body = new CompletableFuture<>();
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();
  private final Enough enough;
  private final Ticker ticker;
  private final Duration timeout;
  private volatile Instant since;
  private Flow.@Nullable Subscription source;
  private Flow.@Nullable Subscriber<? super ByteBuffer> reader;
  private @Nullable Throwable failure;
  private boolean handedOver;
  private boolean delivered;
  private boolean ended;

  /**
   * @param timeout with each silence
   */
  public ReadAhead(Enough enough, Ticker ticker, Duration timeout) {
    this.enough = enough;
    this.ticker = ticker;
    this.timeout = timeout;
    this.since = ticker.now();
  }

  /**
   * Begins to read. The future has the body, whole or streamed; it fails as the source does, or
   * with an {@link HttpTimeoutException} when that falls silent. Cancelling it cancels the source.
   */
  public CompletableFuture<Body> read(Body.Streamed streamed) {
    ticker.add(this);
    var _ =
        body.whenComplete(
            (_, failed) -> {
              ticker.remove(this);
              if (failed != null) {
                cancel();
              }
            });
    streamed.source().subscribe(this);
    return body;
  }

  /** What has been read; empty once the body has been subscribed to and its first piece taken. */
  public synchronized byte[] soFar() {
    return read.toByteArray();
  }

  /** At most so many bytes are read ahead. */
  public static Enough upTo(int limit) {
    return (read, _) -> read.size() > limit;
  }

  @Override
  public void tick(Instant now) {
    if (Duration.between(since, now).compareTo(timeout) > 0) {
      body.completeExceptionally(new HttpTimeoutException("the answer stopped halfway"));
    }
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription subscription) {
    source = subscription;
    if (body.isDone()) {
      subscription.cancel();
    } else {
      subscription.request(1);
    }
  }

  @Override
  public synchronized void onNext(ByteBuffer piece) {
    Flow.Subscriber<? super ByteBuffer> to = reader;
    if (handedOver && to != null) {
      to.onNext(piece);
      return;
    }
    since = ticker.now();
    byte[] bytes = new byte[piece.remaining()];
    piece.duplicate().get(bytes);
    read.writeBytes(bytes);
    if (enough.is(read, piece)) {
      handedOver = true;
      body.complete(new Body.Streamed(this));
    } else if (source != null) {
      source.request(1);
    }
  }

  @Override
  public synchronized void onError(Throwable broken) {
    failure = broken;
    ended = true;
    if (handedOver) {
      finish();
    } else {
      body.completeExceptionally(broken);
    }
  }

  @Override
  public synchronized void onComplete() {
    ended = true;
    if (handedOver) {
      finish();
    } else {
      body.complete(Body.of(read.toByteArray()));
    }
  }

  @Override
  public synchronized void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    reader = subscriber;
    subscriber.onSubscribe(this);
  }

  @Override
  public synchronized void request(long count) {
    Flow.Subscriber<? super ByteBuffer> to = reader;
    if (to == null || source == null) {
      return;
    }
    long rest = count;
    if (!delivered) {
      delivered = true;
      rest--;
      byte[] bytes = read.toByteArray();
      read.reset();
      to.onNext(ByteBuffer.wrap(bytes));
    }
    if (ended) {
      finish();
    } else if (rest > 0) {
      source.request(rest);
    }
  }

  /** The end comes after what was read ahead. */
  private void finish() {
    Flow.Subscriber<? super ByteBuffer> to = reader;
    if (to == null || !delivered) {
      return;
    }
    reader = null;
    if (failure == null) {
      to.onComplete();
    } else {
      to.onError(failure);
    }
  }

  @Override
  public synchronized void cancel() {
    reader = null;
    if (source != null) {
      source.cancel();
    }
  }
}
