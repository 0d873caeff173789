package dev.ostiary.server;

import dev.ostiary.server.exit.ExitCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits for SIGTERM or Ctrl+C, and gives the program time to end in order. It is closed when all
 * else is.
 */
final class StopSignal implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMillis(9_500);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  private StopSignal() {}

  static StopSignal install() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::stop, "ostiary-stop"));
    return signal;
  }

  /** Returns when the program is asked to stop. */
  void await() throws InterruptedException {
    asked.await();
  }

  @Override
  public void close() {
    ended.countDown();
  }

  /** Without the halt the exit code would name the signal, as if the program had been killed. */
  private void stop() {
    if (ended.getCount() == 0) {
      return;
    }
    asked.countDown();
    try {
      boolean inTime = ended.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      Runtime.getRuntime().halt((inTime ? ExitCode.STOPPED : ExitCode.FAILED).number());
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
