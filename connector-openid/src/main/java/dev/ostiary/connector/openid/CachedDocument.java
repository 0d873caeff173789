package dev.ostiary.connector.openid;

import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.protocol.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A document of the provider, kept for an hour. However many ask at once, one of them reads it.
 * When it cannot be read, there is a pause before the next attempt, and the last one stays good for
 * a day.
 */
final class CachedDocument<T> {
  static final Duration FRESH = Duration.ofHours(1);
  static final Duration STALE = Duration.ofHours(24);

  /** After an attempt that failed, or one for a newer document, until the next. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  private record Kept<T>(T value, Instant readAt) {}

  private final Supplier<Result<T, UpstreamRefusal>> read;
  private final InstantSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Kept<T> kept;
  private @Nullable UpstreamRefusal failure;
  private Instant nextAttempt = Instant.MIN;

  CachedDocument(Supplier<Result<T, UpstreamRefusal>> read, InstantSource time) {
    this.read = read;
    this.time = time;
  }

  /** The document. Blocks if it has to be read. */
  Result<T, UpstreamRefusal> get() {
    Kept<T> now = kept;
    if (now != null && isYounger(now, FRESH)) {
      return Result.ok(now.value());
    }
    lock.lock();
    try {
      Kept<T> current = kept;
      if (current == null || !isYounger(current, FRESH)) {
        attempt(false);
      }
      return last();
    } finally {
      lock.unlock();
    }
  }

  /** A newer one than this, which did not serve, or this again if it is too early to ask. */
  Result<T, UpstreamRefusal> newerThan(T seen) {
    lock.lock();
    try {
      Kept<T> current = kept;
      if (current == null || current.value() == seen) {
        attempt(true);
      }
      return last();
    } finally {
      lock.unlock();
    }
  }

  private void attempt(boolean forNewer) {
    Instant now = time.instant();
    if (now.isBefore(nextAttempt)) {
      return;
    }
    Result<T, UpstreamRefusal> result = read.get();
    if (forNewer || result instanceof Result.Refused) {
      nextAttempt = time.instant().plus(PAUSE);
    }
    switch (result) {
      case Result.Ok<T, UpstreamRefusal>(T value) -> {
        kept = new Kept<>(value, now);
        failure = null;
      }
      case Result.Refused<T, UpstreamRefusal>(UpstreamRefusal reason) -> failure = reason;
    }
  }

  private Result<T, UpstreamRefusal> last() {
    Kept<T> current = kept;
    if (current != null && isYounger(current, STALE)) {
      return Result.ok(current.value());
    }
    UpstreamRefusal reason = failure;
    return Result.refused(
        reason == null ? new UpstreamRefusal.Unavailable("it was not asked yet") : reason);
  }

  private boolean isYounger(Kept<T> document, Duration age) {
    return time.instant().isBefore(document.readAt().plus(age));
  }
}
