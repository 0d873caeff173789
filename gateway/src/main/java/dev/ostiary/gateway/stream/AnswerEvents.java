package dev.ostiary.gateway.stream;

import dev.ostiary.http.Headers;
import dev.ostiary.mcp.Event;
import dev.ostiary.mcp.EventScan;
import dev.ostiary.mcp.Response;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** A stream of events up to the one that has the answer in it. */
public final class AnswerEvents {
  private AnswerEvents() {}

  /** Whether an answer with these fields is a stream of events. */
  public static boolean isIn(Headers headers) {
    return headers
        .first("Content-Type")
        .filter(type -> type.regionMatches(true, 0, "text/event-stream", 0, 17))
        .isPresent();
  }

  /**
   * Enough is read when a response is there.
   *
   * @param limit in bytes, within which an answer should be
   */
  public static ReadAhead.Enough untilAnswered(int limit) {
    EventScan scan = new EventScan();
    return (read, latest) -> {
      boolean ended = false;
      ByteBuffer rest = latest.duplicate();
      while (scan.next(rest)) {
        ended = true;
      }
      return read.size() > limit || (ended && answer(read.toByteArray()).isPresent());
    };
  }

  /** The data of the first event that is a response. */
  public static Optional<byte[]> answer(byte[] read) {
    EventScan scan = new EventScan();
    ByteBuffer events = ByteBuffer.wrap(read);
    int start = 0;
    while (scan.next(events)) {
      byte[] data = Event.read(Arrays.copyOfRange(read, start, events.position())).data();
      start = events.position();
      if (Response.read(data).isPresent()) {
        return Optional.of(data);
      }
    }
    return Optional.empty();
  }
}
