package dev.ostiary.http.fetch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A document of another server, fetched when it is needed and kept for a while. However many ask at
 * once, one of them fetches it and the others wait; however often they ask, there are pauses
 * between two fetches. When it cannot be fetched, the last one stays good for a while.
 *
 * @param <T> what is made of the document
 * @param <F> why there is none
 */
public final class CachedFetch<T, F> {
  /** What came of a fetch. */
  public sealed interface Outcome<T, F> {}

  /**
   * The document.
   *
   * @param fresh how long it is kept
   */
  public record Value<T, F>(T value, Duration fresh) implements Outcome<T, F> {}

  /**
   * There is none.
   *
   * @param reason null if the fetch broke off
   */
  public record Failure<T, F>(@Nullable F reason) implements Outcome<T, F> {}

  /**
   * How long until the next fetch, and how long an old document will do.
   *
   * @param afterSuccess after a fetch that the age of the document called for
   * @param afterDemand after one for a newer document than one that did not serve
   * @param afterFailure after one that failed
   * @param stale how long a document stays good beyond its time when there is no newer one
   */
  public record Times(
      Duration afterSuccess, Duration afterDemand, Duration afterFailure, Duration stale) {}

  private record Kept<T, F>(Value<T, F> value, Instant freshUntil) {}

  private final Supplier<Outcome<T, F>> fetch;
  private final Times times;
  private final InstantSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Kept<T, F> kept;
  private @Nullable Failure<T, F> failure;
  private Instant nextFetch = Instant.MIN;

  /**
   * @param fetch blocks for a bounded time
   */
  public CachedFetch(Supplier<Outcome<T, F>> fetch, Times times, InstantSource time) {
    this.fetch = fetch;
    this.times = times;
    this.time = time;
  }

  /** The document. Blocks if it has to be fetched. */
  public Outcome<T, F> current() {
    Kept<T, F> known = kept;
    if (known != null && time.instant().isBefore(known.freshUntil())) {
      return known.value();
    }
    lock.lock();
    try {
      Instant now = time.instant();
      Kept<T, F> held = kept;
      if (held == null || !now.isBefore(held.freshUntil())) {
        attempt(now, times.afterSuccess());
      }
      Kept<T, F> last = kept;
      return last != null && now.isBefore(last.freshUntil().plus(times.stale()))
          ? last.value()
          : failed();
    } finally {
      lock.unlock();
    }
  }

  /**
   * A newer document than this, which did not serve; this again if it is too early to ask, or there
   * is no newer. Blocks.
   */
  public Outcome<T, F> newerThan(T seen) {
    lock.lock();
    try {
      Kept<T, F> held = kept;
      if (held == null || held.value().value() == seen) {
        attempt(time.instant(), times.afterDemand());
      }
      Kept<T, F> last = kept;
      return failure == null && last != null ? last.value() : failed();
    } finally {
      lock.unlock();
    }
  }

  /** How long until the next fetch; negative if there may be one now. */
  public Duration untilNext() {
    lock.lock();
    try {
      return Duration.between(time.instant(), nextFetch);
    } finally {
      lock.unlock();
    }
  }

  private Outcome<T, F> failed() {
    return failure == null ? new Failure<>(null) : failure;
  }

  private void attempt(Instant now, Duration pause) {
    if (now.isBefore(nextFetch)) {
      return;
    }
    Outcome<T, F> outcome = fetch.get();
    Instant then = time.instant();
    switch (outcome) {
      case Value<T, F> value -> {
        kept = new Kept<>(value, then.plus(value.fresh()));
        failure = null;
        nextFetch = then.plus(pause);
      }
      case Failure<T, F> reason -> {
        failure = reason;
        nextFetch = then.plus(times.afterFailure());
      }
    }
  }
}
