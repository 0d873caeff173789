package dev.ostiary.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for SIGTERM or Ctrl+C, and gives the program some time to end in order. */
final class StopSignal {
  private static final Duration LIMIT = Duration.ofMillis(9_500);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);

  private StopSignal() {}

  static StopSignal install() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::end, "ostiary-stop"));
    return signal;
  }

  /** Returns when the program is asked to stop. */
  void await() throws InterruptedException {
    asked.await();
  }

  /** Says that everything has ended. */
  void done() {
    done.countDown();
  }

  /** Without the halt the exit code would name the signal, as if the program had been killed. */
  private void end() {
    boolean wasWaiting = asked.getCount() > 0;
    asked.countDown();
    try {
      boolean inTime = done.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (wasWaiting) {
        Runtime.getRuntime().halt((inTime ? ExitCode.STOPPED : ExitCode.FAILED).number());
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
