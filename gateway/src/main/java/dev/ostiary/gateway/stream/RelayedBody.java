package dev.ostiary.gateway.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A backend's body on its way to the client, octet for octet and piece by piece as the client takes
 * them. A stream of events gets comments while the backend is silent, between events only. It can
 * be cut off from outside.
 */
public final class RelayedBody
    implements Flow.Publisher<ByteBuffer>, Flow.Subscriber<ByteBuffer>, Flow.Subscription {
  private static final byte[] COMMENT = {':', '\n', '\n'};

  private final Flow.Publisher<ByteBuffer> source;
  private final StreamedEvents events;
  private final Ending ending;
  private final Ticker ticker;
  private final StreamTimeouts timeouts;
  private final AtomicInteger work = new AtomicInteger();
  private final AtomicLong demand = new AtomicLong();
  private final Queue<ByteBuffer> pieces = new ConcurrentLinkedQueue<>();
  private volatile Flow.@Nullable Subscriber<? super ByteBuffer> reader;
  private volatile Flow.@Nullable Subscription upstream;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable Termination terminate;
  private volatile boolean commentDue;
  private volatile boolean asked;
  private volatile boolean ended;
  private volatile boolean cancelled;
  private volatile boolean impatient;
  private volatile Instant arrived;
  private volatile Instant written;
  private boolean done;
  private boolean draining;

  /** What becomes of a stream that does not end by itself. */
  public interface Ending {
    /**
     * Whether the rest is read although the client has gone.
     *
     * @param resumable whether the client can ask for it later
     */
    boolean readsOn(boolean resumable);

    /** A last event for the client that says why; null to break off without a word. */
    byte @Nullable [] lastEvent(Termination why, boolean resumable);

    /** Nothing more will come or be taken; null unless that is earlier than it should be. */
    void done(@Nullable Termination early);
  }

  /** Why a body ends early. */
  public enum Termination {
    /** The access token has expired or was revoked, or its grant has ended. */
    UNAUTHORIZED,
    /** The backend has not said anything for too long. */
    IDLE,
    /** The connection to the backend broke. */
    BROKEN,
    /** The backend has ended the stream, and not answered. */
    UNANSWERED,
    /** The client has gone. */
    CANCELLED,
    /** Ostiary ends, and so does the stream, in order. */
    STOPPING
  }

  public RelayedBody(
      Flow.Publisher<ByteBuffer> source,
      StreamedEvents events,
      Ending ending,
      Ticker ticker,
      StreamTimeouts timeouts) {
    this.source = source;
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
    if (terminate != null) {
      return false;
    }
    terminate = why;
    drain();
    return true;
  }

  /** Looks how long it has been silent. */
  public void tick(Instant now) {
    if (terminate != null || failure != null) {
      impatient = true; // the client has had time to take a last word
      drain();
      return;
    }
    boolean waiting = asked && pieces.isEmpty();
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
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    reader = subscriber;
    source.subscribe(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    upstream = subscription;
    Flow.Subscriber<? super ByteBuffer> to = reader;
    if (to != null) {
      to.onSubscribe(this);
    }
    drain();
  }

  @Override
  public void request(long count) {
    demand.getAndUpdate(open -> open > Long.MAX_VALUE - count ? Long.MAX_VALUE : open + count);
    drain();
  }

  @Override
  public void onNext(ByteBuffer piece) {
    arrived = ticker.now();
    pieces.add(piece);
    asked = false;
    drain();
  }

  @Override
  public void onError(Throwable broken) {
    failure = broken;
    ended = true;
    drain();
  }

  @Override
  public void onComplete() {
    ended = true;
    drain();
  }

  /** The client has gone. */
  @Override
  public void cancel() {
    cancelled = true;
    drain();
  }

  /** On one thread at a time: whoever comes while it runs leaves it another round. */
  private void drain() {
    if (work.getAndIncrement() > 0) {
      return;
    }
    int rounds = 1;
    while (rounds > 0) {
      if (!done) {
        round();
      }
      rounds = work.addAndGet(-rounds);
    }
  }

  private void round() {
    Flow.Subscriber<? super ByteBuffer> to = reader;
    Flow.Subscription from = upstream;
    if (to == null || from == null) {
      return;
    }
    if (cancelled) {
      readOn(from);
      return;
    }
    Termination early = terminate;
    if (early != null) {
      pieces.clear();
      from.cancel();
      breakOff(to, early, null);
      return;
    }
    deliver(to);
    if (pieces.isEmpty() && ended) {
      end(to);
    } else {
      comment(to);
      if (demand.get() > 0 && pieces.isEmpty() && !asked) {
        asked = true;
        from.request(1);
      }
    }
  }

  private void deliver(Flow.Subscriber<? super ByteBuffer> to) {
    for (ByteBuffer piece = next(); piece != null; piece = next()) {
      events.read(piece);
      give(to, piece);
    }
  }

  private @Nullable ByteBuffer next() {
    return demand.get() > 0 ? pieces.poll() : null;
  }

  private void give(Flow.Subscriber<? super ByteBuffer> to, ByteBuffer piece) {
    written = ticker.now();
    demand.getAndUpdate(open -> open == Long.MAX_VALUE ? open : open - 1);
    to.onNext(piece);
  }

  private void comment(Flow.Subscriber<? super ByteBuffer> to) {
    if (commentDue && events.between() && demand.get() > 0 && pieces.isEmpty()) {
      give(to, ByteBuffer.wrap(COMMENT));
    }
    commentDue = false;
  }

  private void end(Flow.Subscriber<? super ByteBuffer> to) {
    Throwable broken = failure;
    if (broken != null) {
      breakOff(to, Termination.BROKEN, broken);
    } else if (!events.answered()
        && ending.lastEvent(Termination.UNANSWERED, events.resumable()) != null) {
      breakOff(to, Termination.UNANSWERED, null);
    } else {
      finish(null);
      to.onComplete();
    }
  }

  /** Waits a moment for a client that is still busy with what it got before. */
  private void breakOff(
      Flow.Subscriber<? super ByteBuffer> to, Termination why, @Nullable Throwable broken) {
    byte[] last = lastEvent(why);
    if (last != null && demand.get() == 0 && !impatient) {
      return;
    }
    finish(why);
    if (why == Termination.STOPPING && last == null) {
      to.onComplete();
    } else if (last == null || demand.get() == 0) {
      to.onError(broken == null ? new IOException("cut off: " + why) : broken);
    } else {
      to.onNext(ByteBuffer.wrap(last));
      to.onComplete();
    }
  }

  /** Nobody takes it any more; an older revision's backend may finish all the same. */
  private void readOn(Flow.Subscription from) {
    pieces.clear();
    if (ended || terminate != null || !ending.readsOn(events.resumable())) {
      finish(draining && ended && failure == null ? null : Termination.CANCELLED);
    } else if (!draining) {
      draining = true;
      asked = true;
      from.request(Long.MAX_VALUE);
    } else {
      asked = true;
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

  private void finish(@Nullable Termination early) {
    done = true;
    pieces.clear();
    Flow.Subscription from = upstream;
    if (from != null && !ended) {
      from.cancel();
    }
    ending.done(early);
  }
}
