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
 * Limits the load of one backend, so that a slow backend takes up its own permits and not the
 * threads and memory of the whole gateway. A call needs a permit; without a free one it waits in a
 * bounded queue for at most five seconds. Open streams of events have permits of their own. A user
 * gets at most a share of each limit, so that one user cannot take a backend away from the others.
 */
final class Bulkhead implements Ticker.Tickable {
  /** The longest time in the queue. */
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
   * A limit for all users together, and the share of one user: an eighth of it, or four where that
   * is more, but at most three quarters, and at least one.
   */
  private record Limit(int all, int share) {
    static Limit of(int all) {
      int rest = (all + 3) / 4;
      return new Limit(all, Math.max(1, Math.min(Math.max(4, all / 8), all - rest)));
    }
  }

  /** The permits and queue places that one user holds. */
  private static final class Usage {
    private int calls;
    private int waiting;
    private int streams;

    boolean isNothing() {
      return calls == 0 && waiting == 0 && streams == 0;
    }
  }

  /**
   * A permit that has not been asked for yet.
   *
   * @param user who makes the call
   * @param action runs when the permit is granted
   * @param late runs instead when the longest time in the queue is over
   */
  Permit permit(Subject user, Runnable action, Runnable late) {
    return new Permit(user, action, late);
  }

  /** The number of permits in use and of calls in the queue. */
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

  /** Counts for the permit's user; a user without permits is not kept. */
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

  /** Gives a permit back. Returns the call in the queue that gets it; null if there is none. */
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

  /** The first call in the queue whose user has not used up their share. */
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

  /** The permit of one call. */
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

    /** Runs the action now or later; false if the queue is full. */
    boolean enter(Instant now) {
      State begun = begin(this, now);
      if (begun == State.CALLING) {
        action.run();
      }
      return begun != State.DONE;
    }

    /** Exchanges the call's permit for a stream's; false if there is none. */
    boolean becomesStream() {
      if (!isStreamFree(this)) {
        return false;
      }
      follow(end(this, State.STREAMING));
      return true;
    }

    /** Leaves the queue; false if it was not in it. */
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

    /** Gives the permit back; a second call does nothing. */
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
