package dev.ostiary.embed;

import dev.ostiary.gateway.Heartbeat;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets the heart beat once a second, until it is closed. */
final class Pulse implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Heartbeat heartbeat;
  private final CountDownLatch closed = new CountDownLatch(1);

  private Pulse(Heartbeat heartbeat) {
    this.heartbeat = heartbeat;
  }

  static Pulse start(Heartbeat heartbeat) {
    Pulse pulse = new Pulse(heartbeat);
    Thread.ofVirtual().name("heartbeat").start(pulse::run);
    return pulse;
  }

  private void run() {
    try {
      while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        heartbeat.beat();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
