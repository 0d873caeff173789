package dev.ostiary.embed;

import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.StoreUnavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Clears the store, from time to time, of what can have no effect any more. */
final class Upkeep implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());
  private static final Duration PAUSE = Duration.ofMinutes(10);

  private final Store store;
  private final InstantSource time;
  private final CountDownLatch closed = new CountDownLatch(1);

  private Upkeep(Store store, InstantSource time) {
    this.store = store;
    this.time = time;
  }

  static Upkeep start(Store store, InstantSource time) {
    Upkeep upkeep = new Upkeep(store, time);
    Thread.ofVirtual().name("upkeep").start(upkeep::run);
    return upkeep;
  }

  private void run() {
    try {
      while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        purge();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void purge() {
    try {
      store.purge(time.instant());
    } catch (StoreUnavailable trouble) {
      LOG.log(System.Logger.Level.WARNING, "the store could not be cleared this time", trouble);
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
