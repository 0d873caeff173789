package dev.ostiary.gateway.stream;

import dev.ostiary.http.Body;
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
 * What is left of an event without an end is no event, and is not passed on.
 */
public final class FilteredEvents extends BodyOperator {
  private final UnaryOperator<byte[]> filter;
  private final int limit;
  private final ByteOrderMark mark = new ByteOrderMark();
  private final EventScan scan = new EventScan();
  private final ByteArrayOutputStream event = new ByteArrayOutputStream();

  /**
   * @param limit the longest event, in bytes
   */
  public FilteredEvents(
      Flow.Publisher<ByteBuffer> source, UnaryOperator<byte[]> filter, int limit) {
    super(source);
    this.filter = filter;
    this.limit = limit;
  }

  /** The events of a body, changed. */
  public static Body of(Body events, UnaryOperator<byte[]> filter, int limit) {
    return switch (events) {
      case Body.Streamed streamed ->
          new Body.Streamed(new FilteredEvents(streamed.source(), filter, limit));
      case Body.Whole whole -> Body.of(changed(whole, filter));
    };
  }

  private static byte[] changed(Body.Whole whole, UnaryOperator<byte[]> filter) {
    FilteredEvents events = new FilteredEvents(subscriber -> {}, filter, Integer.MAX_VALUE);
    try {
      ByteBuffer changed = events.change(ByteBuffer.wrap(whole.bytes()));
      return changed == null ? new byte[0] : changed.array();
    } catch (IOException tooLong) {
      throw new IllegalStateException("an event in memory is too long", tooLong);
    }
  }

  @Override
  @Nullable ByteBuffer change(ByteBuffer piece) throws IOException {
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
      throw new IOException("an event is longer than " + limit + " bytes");
    }
    return whole.size() == 0 ? null : ByteBuffer.wrap(whole.toByteArray());
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
}
