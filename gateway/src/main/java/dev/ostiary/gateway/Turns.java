package dev.ostiary.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Lets only so many calls at a time go to one server, and only so many wait for their turn, so that
 * a slow server fills up by itself and not all of Ostiary. Streams of events, which last, are
 * counted apart.
 */
final class Turns implements Heartbeat.Watched {
  /** How long a call waits for its turn. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private enum State {
    NEW,
    WAITING,
    CALLING,
    STREAMING,
    OVER
  }

  private final int callLimit;
  private final int waitingLimit;
  private final int streamLimit;
  private final Deque<Turn> waiting = new ArrayDeque<>();
  private int calls;
  private int streams;

  Turns(int callLimit, int waitingLimit, int streamLimit) {
    this.callLimit = callLimit;
    this.waitingLimit = waitingLimit;
    this.streamLimit = streamLimit;
  }

  /**
   * A turn that has not begun.
   *
   * @param action to run when it is this turn
   * @param late runs instead if that takes too long
   */
  Turn turn(Runnable action, Runnable late) {
    return new Turn(action, late);
  }

  /** How many calls and streams go on, or wait. */
  synchronized int size() {
    return calls + streams + waiting.size();
  }

  @Override
  public void look(Instant now) {
    for (Turn late = late(now); late != null; late = late(now)) {
      late.late.run();
    }
  }

  private synchronized @Nullable Turn late(Instant now) {
    Turn first = waiting.peekFirst();
    if (first == null || Duration.between(first.since, now).compareTo(PATIENCE) < 0) {
      return null;
    }
    first.state = State.OVER;
    return waiting.removeFirst();
  }

  /** Ends a turn. Returns whose turn it is next, if it is anybody's. */
  private synchronized @Nullable Turn end(Turn turn, State then) {
    State before = turn.state;
    turn.state = then;
    return switch (before) {
      case NEW, OVER -> null;
      case WAITING -> {
        waiting.remove(turn);
        yield null;
      }
      case STREAMING -> {
        streams--;
        yield null;
      }
      case CALLING -> {
        Turn next = waiting.pollFirst();
        if (next == null) {
          calls--;
        } else {
          next.state = State.CALLING;
        }
        yield next;
      }
    };
  }

  private synchronized State begin(Turn turn, Instant now) {
    turn.since = now;
    if (calls < callLimit) {
      calls++;
      turn.state = State.CALLING;
    } else if (waiting.size() < waitingLimit) {
      waiting.addLast(turn);
      turn.state = State.WAITING;
    } else {
      turn.state = State.OVER;
    }
    return turn.state;
  }

  private synchronized boolean isStreamFree() {
    if (streams >= streamLimit) {
      return false;
    }
    streams++;
    return true;
  }

  /** One call's turn. */
  final class Turn {
    private final Runnable action;
    private final Runnable late;
    private Instant since = Instant.MIN;
    private State state = State.NEW;

    private Turn(Runnable action, Runnable late) {
      this.action = action;
      this.late = late;
    }

    /** Runs the action now or later; false if there is no room even to wait. */
    boolean enter(Instant now) {
      State begun = begin(this, now);
      if (begun == State.CALLING) {
        action.run();
      }
      return begun != State.OVER;
    }

    /** The answer is a stream, which is no call any more; false if there are too many of them. */
    boolean becomesStream() {
      if (!isStreamFree()) {
        return false;
      }
      follow(end(this, State.STREAMING));
      return true;
    }

    /** Whether it was waiting, which it no longer is. */
    boolean stopsWaiting() {
      synchronized (Turns.this) {
        boolean waited = waiting.remove(this);
        if (waited) {
          state = State.OVER;
        }
        return waited;
      }
    }

    /** It is over; saying so twice is harmless. */
    void over() {
      follow(end(this, State.OVER));
    }

    private void follow(@Nullable Turn next) {
      if (next != null) {
        next.action.run();
      }
    }
  }
}
