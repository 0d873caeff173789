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
  private static final Duration MAX_WAIT = Duration.ofSeconds(5);

  private enum State {
    NEW,
    WAITING,
    CALLING,
    STREAMING,
    DONE
  }

  private final Limit callLimit;
  private final Limit waitingLimit;
  private final Limit streamLimit;
  private final Deque<Permit> waiting = new ArrayDeque<>();
  private final Map<Subject, Usage> users = new HashMap<>();
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
  private static final class Usage {
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
  Permit permit(Subject user, Runnable action, Runnable late) {
    return new Permit(user, action, late);
  }

  /** How many calls and streams go on, or wait. */
  synchronized int size() {
    return calls + streams + waiting.size();
  }

  @Override
  public void tick(Instant now) {
    for (Permit late = late(now); late != null; late = late(now)) {
      late.late.run();
    }
  }

  private synchronized @Nullable Permit late(Instant now) {
    Permit first = waiting.peekFirst();
    if (first == null || Duration.between(first.since, now).compareTo(MAX_WAIT) < 0) {
      return null;
    }
    first.state = State.DONE;
    count(first, usage -> usage.waiting--);
    return waiting.removeFirst();
  }

  /** Counts for a turn's user, who is known here only while they have something. */
  private void count(Permit permit, Consumer<Usage> change) {
    Usage usage = users.computeIfAbsent(permit.user, _ -> new Usage());
    change.accept(usage);
    if (usage.isNothing()) {
      users.remove(permit.user);
    }
  }

  private Usage usage(Permit permit) {
    return users.getOrDefault(permit.user, new Usage());
  }

  /** Ends a turn. Returns whose turn it is next, if it is anybody's. */
  private synchronized @Nullable Permit end(Permit permit, State then) {
    State before = permit.state;
    permit.state = then;
    return switch (before) {
      case NEW, DONE -> null;
      case WAITING -> {
        waiting.remove(permit);
        count(permit, usage -> usage.waiting--);
        yield null;
      }
      case STREAMING -> {
        streams--;
        count(permit, usage -> usage.streams--);
        yield null;
      }
      case CALLING -> {
        calls--;
        count(permit, usage -> usage.calls--);
        yield next();
      }
    };
  }

  /** The call that has waited longest among those whose user may have one more. */
  private @Nullable Permit next() {
    for (Permit next : waiting) {
      if (usage(next).calls < callLimit.share()) {
        waiting.remove(next);
        count(next, usage -> usage.waiting--);
        call(next);
        return next;
      }
    }
    return null;
  }

  private void call(Permit permit) {
    calls++;
    count(permit, usage -> usage.calls++);
    permit.state = State.CALLING;
  }

  private synchronized State begin(Permit permit, Instant now) {
    permit.since = now;
    Usage usage = usage(permit);
    if (calls < callLimit.all() && usage.calls < callLimit.share()) {
      call(permit);
    } else if (waiting.size() < waitingLimit.all() && usage.waiting < waitingLimit.share()) {
      waiting.addLast(permit);
      count(permit, more -> more.waiting++);
      permit.state = State.WAITING;
    } else {
      permit.state = State.DONE;
    }
    return permit.state;
  }

  private synchronized boolean isStreamFree(Permit permit) {
    if (streams >= streamLimit.all() || usage(permit).streams >= streamLimit.share()) {
      return false;
    }
    streams++;
    count(permit, usage -> usage.streams++);
    return true;
  }

  /** One call's turn. */
  final class Permit {
    private final Subject user;
    private final Runnable action;
    private final Runnable late;
    private Instant since = Instant.MIN;
    private State state = State.NEW;

    private Permit(Subject user, Runnable action, Runnable late) {
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
      return begun != State.DONE;
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
          count(this, usage -> usage.waiting--);
          state = State.DONE;
        }
        return waited;
      }
    }

    /** It is over; saying so twice is harmless. */
    void done() {
      follow(end(this, State.DONE));
    }

    private void follow(@Nullable Permit next) {
      if (next != null) {
        next.action.run();
      }
    }
  }
}
