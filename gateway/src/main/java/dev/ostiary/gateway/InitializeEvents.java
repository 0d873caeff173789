package dev.ostiary.gateway;

import dev.ostiary.mcp.Event;
import dev.ostiary.mcp.EventScan;
import dev.ostiary.mcp.InitializeResult;
import dev.ostiary.mcp.Revision;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** A stream of events that answers {@code initialize}. */
final class InitializeEvents {
  private InitializeEvents() {}

  /**
   * Enough is read when the answer is there.
   *
   * @param limit in bytes, within which an answer should be
   */
  static ReadAhead.Enough untilAnswered(int limit) {
    EventScan scan = new EventScan();
    return (read, latest) -> {
      boolean ended = false;
      ByteBuffer rest = latest.duplicate();
      while (scan.next(rest)) {
        ended = true;
      }
      return read.size() > limit || (ended && revision(read.toByteArray()).isPresent());
    };
  }

  /** What client and server have settled on; empty if the answer is not there. */
  static Optional<Revision> revision(byte[] read) {
    EventScan scan = new EventScan();
    ByteBuffer events = ByteBuffer.wrap(read);
    int start = 0;
    while (scan.next(events)) {
      byte[] event = Arrays.copyOfRange(read, start, events.position());
      start = events.position();
      Optional<Revision> revision = InitializeResult.revision(Event.read(event).data());
      if (revision.isPresent()) {
        return revision;
      }
    }
    return Optional.empty();
  }
}
