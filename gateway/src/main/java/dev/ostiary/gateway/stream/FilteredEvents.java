package dev.ostiary.gateway.stream;

import dev.ostiary.mcp.ByteOrderMark;
import dev.ostiary.mcp.Event;
import dev.ostiary.mcp.EventScan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A stream of events whose data is changed, event by event; an event that is not stays as it is.
 */
public final class FilteredEvents implements Flow.Publisher<ByteBuffer> {
  private final Flow.Publisher<ByteBuffer> source;
  private final UnaryOperator<byte[]> filter;
  private final int limit;

  /**
   * @param limit the longest event, in bytes
   */
  public FilteredEvents(
      Flow.Publisher<ByteBuffer> source, UnaryOperator<byte[]> filter, int limit) {
    this.source = source;
    this.filter = filter;
    this.limit = limit;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> reader) {
    source.subscribe(new Filtering(reader));
  }

  /** One piece out for one asked for, however many it takes until an event is whole. */
  private final class Filtering implements Flow.Subscriber<ByteBuffer> {
    private final Flow.Subscriber<? super ByteBuffer> reader;
    private final ByteOrderMark mark = new ByteOrderMark();
    private final EventScan scan = new EventScan();
    private final ByteArrayOutputStream event = new ByteArrayOutputStream();
    private Flow.@Nullable Subscription upstream;
    private boolean over;

    Filtering(Flow.Subscriber<? super ByteBuffer> reader) {
      this.reader = reader;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      upstream = subscription;
      reader.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer piece) {
      if (over) {
        return;
      }
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      mark.skip(piece);
      int start = piece.position();
      while (scan.next(piece)) {
        keep(piece, start);
        start = piece.position();
        whole.writeBytes(filtered(event.toByteArray()));
        event.reset();
      }
      keep(piece, start);
      if (scan.isBetweenEvents()) { // comments, which show that the server lives
        whole.writeBytes(event.toByteArray());
        event.reset();
      }
      if (event.size() > limit) {
        fail();
      } else if (whole.size() > 0) {
        reader.onNext(ByteBuffer.wrap(whole.toByteArray()));
      } else if (upstream != null) {
        upstream.request(1);
      }
    }

    private void keep(ByteBuffer piece, int start) {
      byte[] octets = new byte[piece.position() - start];
      piece.get(start, octets);
      event.writeBytes(octets);
    }

    private byte[] filtered(byte[] octets) {
      Event read = Event.read(octets);
      byte[] data = read.data();
      byte[] changed = data.length == 0 ? data : filter.apply(data);
      return changed == data ? octets : read.with(changed);
    }

    private void fail() {
      over = true;
      if (upstream != null) {
        upstream.cancel();
      }
      reader.onError(new IOException("an event is longer than " + limit + " bytes"));
    }

    @Override
    public void onError(Throwable failure) {
      if (!over) {
        reader.onError(failure);
      }
    }

    /** What is left of an event without an end is no event. */
    @Override
    public void onComplete() {
      if (!over) {
        reader.onComplete();
      }
    }
  }
}
