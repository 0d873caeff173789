package dev.ostiary.gateway.stream;

import dev.ostiary.mcp.Event;
import dev.ostiary.mcp.EventScan;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * A body that passes as it is, octet for octet and at its own pace, while somebody hears what JSON
 * is in it. What is too long is not heard.
 */
public final class TappedBody implements Flow.Publisher<ByteBuffer> {
  private static final int LIMIT = 1024 * 1024;

  private final Flow.Publisher<ByteBuffer> source;
  private final boolean events;
  private final Consumer<byte[]> listener;

  /**
   * @param events whether it is a stream of events, and not one JSON text
   */
  public TappedBody(Flow.Publisher<ByteBuffer> source, boolean events, Consumer<byte[]> listener) {
    this.source = source;
    this.events = events;
    this.listener = listener;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> reader) {
    source.subscribe(new Hearing(reader));
  }

  private final class Hearing implements Flow.Subscriber<ByteBuffer> {
    private final Flow.Subscriber<? super ByteBuffer> reader;
    private final EventScan scan = new EventScan();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private boolean tooLong;

    Hearing(Flow.Subscriber<? super ByteBuffer> reader) {
      this.reader = reader;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      reader.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer piece) {
      ByteBuffer copy = piece.duplicate();
      if (events) {
        hearEvents(copy);
      } else {
        keep(copy, copy.position(), copy.limit());
      }
      reader.onNext(piece);
    }

    private void hearEvents(ByteBuffer piece) {
      int start = piece.position();
      while (scan.next(piece)) {
        keep(piece, start, piece.position());
        start = piece.position();
        tell(Event.read(heard.toByteArray()).data());
      }
      keep(piece, start, piece.position());
      if (scan.isBetweenEvents()) { // comments
        heard.reset();
        tooLong = false;
      }
    }

    private void keep(ByteBuffer piece, int start, int end) {
      tooLong |= heard.size() + end - start > LIMIT;
      if (tooLong) {
        heard.reset();
        return;
      }
      byte[] octets = new byte[end - start];
      piece.get(start, octets);
      heard.writeBytes(octets);
    }

    private void tell(byte[] json) {
      if (!tooLong && json.length > 0) {
        listener.accept(json);
      }
      heard.reset();
      tooLong = false;
    }

    @Override
    public void onError(Throwable failure) {
      reader.onError(failure);
    }

    @Override
    public void onComplete() {
      if (!events) {
        tell(heard.toByteArray());
      }
      reader.onComplete();
    }
  }
}
