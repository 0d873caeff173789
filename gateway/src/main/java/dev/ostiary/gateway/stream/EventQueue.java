package dev.ostiary.gateway.stream;

import dev.ostiary.mcp.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A stream of events that is written as they happen, for one reader who takes them when it can.
 * What it has not taken yet is held up to a limit, beyond which the stream fails: one slow reader
 * does not hold up the others of a shared connection, nor take their memory.
 */
public final class EventQueue implements Flow.Publisher<ByteBuffer> {
  private final int limit;
  private final Runnable onCancel;
  private final Queue<ByteBuffer> waiting = new ArrayDeque<>();
  private Flow.@Nullable Subscriber<? super ByteBuffer> reader;
  private long demand;
  private int held;
  private boolean ended;
  private @Nullable Throwable failure;
  private boolean over;
  private boolean delivering;
  private boolean subscribed;

  /**
   * @param limit of what is held, in bytes; a single event may be longer
   * @param onCancel runs once when the reader wants no more; must not block
   */
  public EventQueue(int limit, Runnable onCancel) {
    this.limit = limit;
    this.onCancel = onCancel;
  }

  /** Writes an event of the usual type with this JSON in it. Returns whether it will be read. */
  public boolean write(byte[] json) {
    return pass(Event.message(json));
  }

  /** Writes a whole event as it is. Returns whether it will be read. */
  public boolean pass(byte[] event) {
    boolean kept;
    synchronized (this) {
      if (over || ended || failure != null) {
        return false;
      }
      kept = held == 0 || held + event.length <= limit;
      if (kept) {
        held += event.length;
        waiting.add(ByteBuffer.wrap(event));
      } else {
        failure = new IOException("the reader of a stream of events is too slow");
        waiting.clear();
        held = 0;
      }
    }
    deliver();
    if (!kept) {
      onCancel.run();
    }
    return kept;
  }

  /** Ends the stream after what has been written. */
  public void end() {
    synchronized (this) {
      ended = true;
    }
    deliver();
  }

  /** Whether nothing more will be read. */
  public synchronized boolean isOver() {
    return over || ended || failure != null;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    boolean first;
    synchronized (this) {
      first = !subscribed;
      subscribed = true;
      if (first) {
        reader = subscriber;
      }
    }
    subscriber.onSubscribe(first ? new Reading() : new Refused());
    if (first) {
      deliver();
    } else {
      subscriber.onError(new IllegalStateException("a body is read once"));
    }
  }

  /** One thread delivers at a time; what others bring meanwhile it delivers too. */
  private void deliver() {
    synchronized (this) {
      if (delivering || reader == null) {
        return;
      }
      delivering = true;
    }
    while (deliverNext()) {
      // until there is nothing more that could be delivered
    }
  }

  private boolean deliverNext() {
    Flow.Subscriber<? super ByteBuffer> to;
    ByteBuffer next;
    Throwable broken;
    synchronized (this) {
      to = reader;
      broken = failure;
      next = broken == null && demand > 0 ? waiting.poll() : null;
      boolean last = broken != null || (next == null && ended && waiting.isEmpty());
      if (to == null || over || (next == null && !last)) {
        delivering = false;
        return false;
      }
      if (next == null) {
        over = true;
        reader = null;
      } else {
        held -= next.remaining();
        demand = demand == Long.MAX_VALUE ? demand : demand - 1;
      }
    }
    if (next != null) {
      to.onNext(next);
    } else if (broken == null) {
      to.onComplete();
    } else {
      to.onError(broken);
    }
    return true;
  }

  private final class Reading implements Flow.Subscription {
    @Override
    public void request(long count) {
      synchronized (EventQueue.this) {
        if (count <= 0) {
          failure = new IllegalArgumentException("request(" + count + "), against rule 3.9");
        } else {
          demand = demand > Long.MAX_VALUE - count ? Long.MAX_VALUE : demand + count;
        }
      }
      deliver();
    }

    @Override
    public void cancel() {
      boolean open;
      synchronized (EventQueue.this) {
        open = !over && !ended && failure == null;
        over = true;
        reader = null;
        waiting.clear();
        held = 0;
      }
      if (open) {
        onCancel.run();
      }
    }
  }

  private static final class Refused implements Flow.Subscription {
    @Override
    public void request(long count) {}

    @Override
    public void cancel() {}
  }
}
