package dev.ostiary.authorization.key;

import dev.ostiary.authorization.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Keys as they were read from the store. They are read again every minute, and when something names
 * a key that another node may have made.
 */
final class KeptRead<T> {
  private static final System.Logger LOG = System.getLogger(KeptRead.class.getName());

  /** After it, every node has seen a change. */
  static final Duration KEPT = Duration.ofMinutes(1);

  /** Foreign text with made-up keys costs the store no more than one read in this time. */
  private static final Duration BETWEEN_READS = Duration.ofSeconds(5);

  private record Read<T>(T value, Instant at) {}

  private final Supplier<T> source;
  private final String what;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile Read<T> last;

  /**
   * @param source reads from the store; an {@link IllegalStateException} says that something there
   *     cannot be read
   * @param what for the log
   */
  KeptRead(Supplier<T> source, String what, T first, Instant now) {
    this.source = source;
    this.what = what;
    this.last = new Read<>(first, now);
  }

  /** What was read within a minute, or longer ago if the store does not answer. */
  T recent(Instant now) {
    if (isOlderThan(KEPT, now)) {
      try {
        readAgain(now, KEPT);
      } catch (StoreUnavailable trouble) {
        LOG.log(System.Logger.Level.WARNING, "cannot read the " + what + " again", trouble);
      }
    }
    return last.value();
  }

  /**
   * What was read within a few seconds.
   *
   * @throws StoreUnavailable if the store does not answer
   */
  T newest(Instant now) {
    if (isOlderThan(BETWEEN_READS, now)) {
      readAgain(now, BETWEEN_READS);
    }
    return last.value();
  }

  /** What is in the store now. */
  T now(Instant now) {
    readAgain(now, Duration.ZERO);
    return last.value();
  }

  private boolean isOlderThan(Duration age, Instant now) {
    return Duration.between(last.at(), now).compareTo(age) >= 0;
  }

  /** One thread reads, and the others wait for what it finds. */
  private void readAgain(Instant now, Duration age) {
    reading.lock();
    try {
      if (age.isZero() || isOlderThan(age, now)) {
        last = new Read<>(readOrKeep(now), now);
      }
    } finally {
      reading.unlock();
    }
  }

  /** A store that does not answer, or a key that cannot be read, does not affect the other keys. */
  private T readOrKeep(Instant now) {
    try {
      return source.get();
    } catch (StoreUnavailable trouble) {
      last = new Read<>(last.value(), now);
      throw trouble;
    } catch (IllegalStateException unreadable) {
      LOG.log(System.Logger.Level.ERROR, "the " + what + " stay as they are", unreadable);
      return last.value();
    }
  }
}
