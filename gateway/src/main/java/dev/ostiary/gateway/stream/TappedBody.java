package dev.ostiary.gateway.stream;

import dev.ostiary.mcp.Event;
import dev.ostiary.mcp.EventScan;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A body that passes as it is, octet for octet, while a listener gets the JSON in it: all of it, or
 * the data of each event. JSON of more than 1 MiB is not heard.
 */
public final class TappedBody extends BodyOperator {
  private static final int LIMIT = 1024 * 1024;

  private final boolean events;
  private final Consumer<byte[]> listener;
  private final EventScan scan = new EventScan();
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private boolean tooLong;

  /**
   * @param events whether it is a stream of events, and not one JSON text
   */
  public TappedBody(Flow.Publisher<ByteBuffer> source, boolean events, Consumer<byte[]> listener) {
    super(source);
    this.events = events;
    this.listener = listener;
  }

  @Override
  ByteBuffer change(ByteBuffer piece) {
    ByteBuffer copy = piece.duplicate();
    if (events) {
      hearEvents(copy);
    } else {
      keep(copy, copy.position(), copy.limit());
    }
    return piece;
  }

  @Override
  void ended(@Nullable Throwable broken) {
    if (broken == null && !events) {
      tell(heard.toByteArray());
    }
    super.ended(broken);
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
}
