package dev.ostiary.embed;

import dev.ostiary.gateway.stream.Ticker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ticks once a second, until it is closed. */
final class TickerThread implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Ticker ticker;
  private final CountDownLatch closed = new CountDownLatch(1);

  private TickerThread(Ticker ticker) {
    this.ticker = ticker;
  }

  static TickerThread start(Ticker ticker) {
    TickerThread ticking = new TickerThread(ticker);
    Thread.ofVirtual().name("ticker").start(ticking::run);
    return ticking;
  }

  private void run() {
    try {
      while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        ticker.tick();
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
