package dev.ostiary.embed;

import dev.ostiary.gateway.stream.Ticker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets the heart beat once a second, until it is closed. */
final class Ticks implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Ticker heartbeat;
  private final CountDownLatch closed = new CountDownLatch(1);

  private Ticks(Ticker heartbeat) {
    this.heartbeat = heartbeat;
  }

  static Ticks start(Ticker heartbeat) {
    Ticks pulse = new Ticks(heartbeat);
    Thread.ofVirtual().name("heartbeat").start(pulse::run);
    return pulse;
  }

  private void run() {
    try {
      while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        heartbeat.tick();
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
