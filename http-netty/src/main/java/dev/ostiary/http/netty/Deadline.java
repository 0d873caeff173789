package dev.ostiary.http.netty;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A moment by which something must have happened on a connection. Moving it is cheap: a timer that
 * goes off early only looks how much time is left. Used on its event loop only.
 */
public final class Deadline {
  private static final long NEVER = Long.MAX_VALUE;

  private final EventExecutor loop;
  private final Runnable late;
  private final long origin = System.nanoTime();
  private long due = NEVER;
  private long timerDue = NEVER;
  private @Nullable Future<?> timer;

  public Deadline(EventExecutor loop, Runnable late) {
    this.loop = loop;
    this.late = late;
  }

  public void in(Duration time) {
    due = elapsed() + time.toNanos();
    if (due < timerDue) {
      stop();
      start();
    }
  }

  public void off() {
    due = NEVER;
  }

  /** Lets go of the timer: nothing is late any more. */
  public void stop() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    timerDue = NEVER;
  }

  private void start() {
    timerDue = due;
    timer = loop.schedule(this::ring, due - elapsed(), TimeUnit.NANOSECONDS);
  }

  private void ring() {
    timer = null;
    timerDue = NEVER;
    if (due == NEVER) {
      return;
    }
    if (due - elapsed() > 0) {
      start();
    } else {
      due = NEVER;
      late.run();
    }
  }

  private long elapsed() {
    return System.nanoTime() - origin;
  }
}
