package dev.ostiary.gateway.stream;

import static java.util.Objects.requireNonNull;

import dev.ostiary.http.Body;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * Reads the beginning of a streamed body before anything of it is passed on: all of it, if it is
 * short, so that a body that breaks off can still be answered with an error; otherwise enough to
 * know what has to be known. What was read comes first when the rest is streamed.
 */
public final class ReadAhead extends BodyOperator implements Ticker.Tickable {
  /** Whether enough has been read. */
  public interface Enough {
    boolean is(ByteArrayOutputStream read, ByteBuffer latest);
  }

  /**
   * What was read.
   *
   * @param body all of the content, whole or streamed
   * @param octets its beginning, or all of it if it is whole; not a copy
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Beginning(Body body, byte[] octets) {}

  private final CompletableFuture<Beginning> beginning = new CompletableFuture<>();
  private final Enough enough;
  private final Ticker ticker;
  private final Duration timeout;
  private ByteArrayOutputStream read = new ByteArrayOutputStream();
  private volatile Instant since;
  private volatile boolean handedOver;

  /**
   * @param timeout of each silence
   */
  public ReadAhead(Body.Streamed body, Enough enough, Ticker ticker, Duration timeout) {
    super(body.source());
    this.enough = enough;
    this.ticker = ticker;
    this.timeout = timeout;
    this.since = ticker.now();
  }

  /**
   * Begins to read. The future fails as the source does, or with an {@link HttpTimeoutException}
   * when that falls silent. Cancelling it cancels the source.
   */
  public CompletableFuture<Beginning> read() {
    ticker.add(this);
    var _ =
        beginning.whenComplete(
            (_, failed) -> {
              ticker.remove(this);
              if (failed != null) {
                cancelUpstream();
              }
            });
    super.connect();
    return beginning;
  }

  /** At most so many bytes are read ahead. */
  public static Enough upTo(int limit) {
    return (read, _) -> read.size() > limit;
  }

  @Override
  public void tick(Instant now) {
    if (Duration.between(since, now).compareTo(timeout) > 0) {
      beginning.completeExceptionally(new HttpTimeoutException("the answer stopped halfway"));
    }
  }

  /** Has happened before. */
  @Override
  void connect() {
    start();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    if (accepts(subscription)) {
      if (beginning.isDone()) {
        subscription.cancel();
      } else {
        requestUpstream(1);
      }
    }
  }

  @Override
  public void onNext(ByteBuffer piece) {
    if (handedOver) {
      super.onNext(piece);
      return;
    }
    requireNonNull(piece);
    since = ticker.now();
    byte[] bytes = new byte[piece.remaining()];
    piece.duplicate().get(bytes);
    read.writeBytes(bytes);
    if (enough.is(read, piece)) {
      byte[] octets = read.toByteArray();
      read = new ByteArrayOutputStream(0);
      handedOver = true;
      super.onNext(ByteBuffer.wrap(octets));
      beginning.complete(new Beginning(new Body.Streamed(this), octets));
    } else {
      requestUpstream(1);
    }
  }

  @Override
  public void onError(Throwable broken) {
    super.onError(broken);
    beginning.completeExceptionally(broken);
  }

  @Override
  public void onComplete() {
    super.onComplete();
    if (!handedOver) {
      byte[] octets = read.toByteArray();
      beginning.complete(new Beginning(Body.of(octets), octets));
    }
  }

  @Override
  ByteBuffer change(ByteBuffer piece) {
    return piece;
  }
}
