package dev.ostiary.http.fetch;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * Content that goes on for ever, or stops without an end after some bytes; each piece is one byte.
 */
final class FakeContent implements Flow.Publisher<ByteBuffer> {
  final CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
  private final int most;

  private FakeContent(int most) {
    this.most = most;
  }

  static FakeContent endless() {
    return new FakeContent(Integer.MAX_VALUE);
  }

  static FakeContent stallingAfter(int bytes) {
    return new FakeContent(bytes);
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> reader) {
    reader.onSubscribe(new Dripping(reader));
  }

  private final class Dripping implements Flow.Subscription {
    private final Flow.Subscriber<? super ByteBuffer> reader;
    private long demand;
    private int sent;
    private boolean sending;

    Dripping(Flow.Subscriber<? super ByteBuffer> reader) {
      this.reader = reader;
    }

    @Override
    public void request(long pieces) {
      demand += pieces;
      if (sending) {
        return;
      }
      sending = true;
      while (demand > 0 && sent < most && !cancelled.isDone()) {
        demand--;
        sent++;
        reader.onNext(ByteBuffer.wrap(new byte[] {' '}));
      }
      sending = false;
    }

    @Override
    public void cancel() {
      cancelled.complete(true);
    }
  }
}
