package dev.ostiary.server.operate;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Content to be read by a thread that waits for it, for each piece no longer than a limit. */
final class ContentStream extends InputStream implements Flow.Subscriber<ByteBuffer> {
  /** An empty one stands for the end. */
  private final BlockingQueue<ByteBuffer> pieces = new LinkedBlockingQueue<>();

  private final Duration limit;
  private volatile Flow.@Nullable Subscription subscription;
  private volatile @Nullable Throwable failure;
  private ByteBuffer piece = ByteBuffer.allocate(0);
  private boolean ended;

  ContentStream(Flow.Publisher<ByteBuffer> source, Duration limit) {
    this.limit = limit;
    source.subscribe(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(ByteBuffer next) {
    if (next.hasRemaining()) {
      pieces.add(next);
    } else {
      Objects.requireNonNull(subscription).request(1);
    }
  }

  @Override
  public void onError(Throwable broken) {
    failure = broken;
    pieces.add(ByteBuffer.allocate(0));
  }

  @Override
  public void onComplete() {
    pieces.add(ByteBuffer.allocate(0));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (!ended && !piece.hasRemaining()) {
      piece = next();
      ended = !piece.hasRemaining();
    }
    Throwable broken = failure;
    if (ended) {
      if (broken != null) {
        throw new IOException(broken.getMessage(), broken);
      }
      return -1;
    }
    int read = Math.min(length, piece.remaining());
    piece.get(into, offset, read);
    if (!piece.hasRemaining()) {
      Objects.requireNonNull(subscription).request(1);
    }
    return read;
  }

  private ByteBuffer next() throws IOException {
    try {
      ByteBuffer next = pieces.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (next == null) {
        throw new HttpTimeoutException("nothing came within " + limit.toSeconds() + " s");
      }
      return next;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  @Override
  public void close() {
    Flow.Subscription current = subscription;
    if (current != null) {
      current.cancel();
    }
  }
}
