package dev.ostiary.gateway.backend;

import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.protocol.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets only so many calls at a time go to one server, and only so many wait for their turn, so that
 * a slow server fills up by itself and not all of Ostiary. Streams of events, which last, are
 * counted apart. Of each a user may have a share, so that none can keep the server from the others.
 */
final class Bulkhead implements Ticker.Tickable {
  /** How long a call waits for its turn. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private enum State {
    NEW,
    WAITING,
    CALLING,
    STREAMING,
    OVER
  }

  private final Limit callLimit;
  private final Limit waitingLimit;
  private final Limit streamLimit;
  private final Deque<Turn> waiting = new ArrayDeque<>();
  private final Map<Subject, Held> users = new HashMap<>();
  private int calls;
  private int streams;

  Bulkhead(int callLimit, int waitingLimit, int streamLimit) {
    this.callLimit = Limit.of(callLimit);
    this.waitingLimit = Limit.of(waitingLimit);
    this.streamLimit = Limit.of(streamLimit);
  }

  /**
   * A limit for all, and what of it one user may have: an eighth, or four where that is more, but
   * never all of it if there is more than one.
   */
  private record Limit(int all, int share) {
    static Limit of(int all) {
      int rest = (all + 3) / 4;
      return new Limit(all, Math.max(1, Math.min(Math.max(4, all / 8), all - rest)));
    }
  }

  /** What one user has at present. */
  private static final class Held {
    private int calls;
    private int waiting;
    private int streams;

    boolean isNothing() {
      return calls == 0 && waiting == 0 && streams == 0;
    }
  }

  /**
   * A turn that has not begun.
   *
   * @param user whose it is
   * @param action to run when it is this turn
   * @param late runs instead if that takes too long
   */
  Turn turn(Subject user, Runnable action, Runnable late) {
    return new Turn(user, action, late);
  }

  /** How many calls and streams go on, or wait. */
  synchronized int size() {
    return calls + streams + waiting.size();
  }

  @Override
  public void tick(Instant now) {
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
    count(first, held -> held.waiting--);
    return waiting.removeFirst();
  }

  /** Counts for a turn's user, who is known here only while they have something. */
  private void count(Turn turn, Consumer<Held> change) {
    Held held = users.computeIfAbsent(turn.user, _ -> new Held());
    change.accept(held);
    if (held.isNothing()) {
      users.remove(turn.user);
    }
  }

  private Held held(Turn turn) {
    return users.getOrDefault(turn.user, new Held());
  }

  /** Ends a turn. Returns whose turn it is next, if it is anybody's. */
  private synchronized @Nullable Turn end(Turn turn, State then) {
    State before = turn.state;
    turn.state = then;
    return switch (before) {
      case NEW, OVER -> null;
      case WAITING -> {
        waiting.remove(turn);
        count(turn, held -> held.waiting--);
        yield null;
      }
      case STREAMING -> {
        streams--;
        count(turn, held -> held.streams--);
        yield null;
      }
      case CALLING -> {
        calls--;
        count(turn, held -> held.calls--);
        yield next();
      }
    };
  }

  /** The call that has waited longest among those whose user may have one more. */
  private @Nullable Turn next() {
    for (Turn next : waiting) {
      if (held(next).calls < callLimit.share()) {
        waiting.remove(next);
        count(next, held -> held.waiting--);
        call(next);
        return next;
      }
    }
    return null;
  }

  private void call(Turn turn) {
    calls++;
    count(turn, held -> held.calls++);
    turn.state = State.CALLING;
  }

  private synchronized State begin(Turn turn, Instant now) {
    turn.since = now;
    Held held = held(turn);
    if (calls < callLimit.all() && held.calls < callLimit.share()) {
      call(turn);
    } else if (waiting.size() < waitingLimit.all() && held.waiting < waitingLimit.share()) {
      waiting.addLast(turn);
      count(turn, more -> more.waiting++);
      turn.state = State.WAITING;
    } else {
      turn.state = State.OVER;
    }
    return turn.state;
  }

  private synchronized boolean isStreamFree(Turn turn) {
    if (streams >= streamLimit.all() || held(turn).streams >= streamLimit.share()) {
      return false;
    }
    streams++;
    count(turn, held -> held.streams++);
    return true;
  }

  /** One call's turn. */
  final class Turn {
    private final Subject user;
    private final Runnable action;
    private final Runnable late;
    private Instant since = Instant.MIN;
    private State state = State.NEW;

    private Turn(Subject user, Runnable action, Runnable late) {
      this.user = user;
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
      if (!isStreamFree(this)) {
        return false;
      }
      follow(end(this, State.STREAMING));
      return true;
    }

    /** Whether it was waiting, which it no longer is. */
    boolean stopsWaiting() {
      synchronized (Bulkhead.this) {
        boolean waited = waiting.remove(this);
        if (waited) {
          count(this, held -> held.waiting--);
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
