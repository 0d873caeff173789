package dev.ostiary.gateway.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A backend's body on its way to the client, octet for octet and piece by piece as the client takes
 * them. A stream of events gets comments while the backend is silent, between events only. It can
 * be ended early from outside.
 */
public final class RelayedBody extends BodyOperator {
  private static final byte[] COMMENT = {':', '\n', '\n'};

  private final StreamedEvents events;
  private final Ending ending;
  private final Ticker ticker;
  private final StreamTimeouts timeouts;
  private volatile @Nullable Termination terminated;
  private volatile boolean commentDue;
  private volatile boolean lastTaken;
  private volatile boolean draining;
  private volatile Instant arrived;
  private volatile Instant written;
  private @Nullable Termination early;

  /** What becomes of a stream that does not end by itself. */
  public interface Ending {
    /**
     * Whether the rest is read although the client has disconnected.
     *
     * @param resumable whether the client can ask for it later
     */
    boolean readsOn(boolean resumable);

    /** A last event for the client that says why; null to end the connection without one. */
    byte @Nullable [] lastEvent(Termination why, boolean resumable);

    /** The body has ended; null if it was complete. */
    void done(@Nullable Termination early);
  }

  public RelayedBody(
      Flow.Publisher<ByteBuffer> source,
      StreamedEvents events,
      Ending ending,
      Ticker ticker,
      StreamTimeouts timeouts) {
    super(source);
    this.events = events;
    this.ending = ending;
    this.ticker = ticker;
    this.timeouts = timeouts;
    this.arrived = ticker.now();
    this.written = arrived;
  }

  /**
   * Ends it early: nothing more of the backend's is delivered.
   *
   * @return false if it has been ended before
   */
  public boolean terminate(Termination why) {
    if (terminated != null) {
      return false;
    }
    terminated = why;
    drain();
    return true;
  }

  /** Checks the time-outs. */
  public void tick(Instant now) {
    if (terminated != null || failure() != null) {
      lastTaken = true; // the client has had time to request a last event
      drain();
      return;
    }
    boolean waiting = draining || isStarving();
    if (waiting && longer(arrived, now, timeouts.idle())) {
      terminate(Termination.IDLE);
    } else if (waiting && longer(written, now, timeouts.keepAlive())) {
      commentDue = true;
      drain();
    }
  }

  private static boolean longer(Instant since, Instant now, Duration limit) {
    return Duration.between(since, now).compareTo(limit) >= 0;
  }

  @Override
  public void onNext(ByteBuffer piece) {
    arrived = ticker.now();
    super.onNext(piece);
  }

  @Override
  ByteBuffer change(ByteBuffer piece) {
    events.read(piece);
    written = ticker.now();
    return piece;
  }

  @Override
  boolean interrupted() {
    Termination why = terminated;
    if (why == null) {
      return false;
    }
    dropPieces();
    cancelUpstream();
    breakOff(why, null);
    return true;
  }

  @Override
  void waiting() {
    if (commentDue && events.between() && hasDemand() && isStarving()) {
      written = ticker.now();
      pass(ByteBuffer.wrap(COMMENT));
    }
    commentDue = false;
  }

  @Override
  void ended(@Nullable Throwable broken) {
    if (broken != null) {
      breakOff(Termination.BROKEN, broken);
    } else if (!events.answered()
        && ending.lastEvent(Termination.UNANSWERED, events.resumable()) != null) {
      breakOff(Termination.UNANSWERED, null);
    } else {
      complete();
    }
  }

  /** A backend that speaks an older revision may finish although the client has disconnected. */
  @Override
  void cancelled() {
    if (isEnded() || terminated != null || !ending.readsOn(events.resumable())) {
      early = draining && isEnded() && failure() == null ? null : Termination.CANCELLED;
      finish();
    } else if (!draining) {
      draining = true;
      requestUpstream(Long.MAX_VALUE);
    }
  }

  @Override
  void finished() {
    ending.done(early);
  }

  /** Waits until the next tick for a client that has not requested a last event yet. */
  private void breakOff(Termination why, @Nullable Throwable broken) {
    byte[] last = lastEvent(why);
    if (last != null && !hasDemand() && !lastTaken) {
      return;
    }
    early = why;
    if (why == Termination.STOPPING && last == null) {
      complete();
    } else if (last == null || !hasDemand()) {
      fail(broken == null ? new IOException("cut off: " + why) : broken);
    } else {
      completeWith(ByteBuffer.wrap(last));
    }
  }

  /** Not in the middle of another event, unless that will never have an end of its own. */
  private byte @Nullable [] lastEvent(Termination why) {
    byte[] last = ending.lastEvent(why, events.resumable());
    if (last == null || events.between()) {
      return last;
    }
    return why == Termination.UNANSWERED
        ? ByteBuffer.allocate(last.length + 2).put(COMMENT, 1, 2).put(last).array()
        : null;
  }
}
