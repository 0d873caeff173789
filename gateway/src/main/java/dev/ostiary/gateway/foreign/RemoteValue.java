package dev.ostiary.gateway.foreign;

import dev.ostiary.protocol.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that is fetched, kept for a while, and fetched again. However many ask at once, one
 * fetch is under way; however often they ask, there is a pause between two. When it cannot be
 * fetched, what was fetched last stays good for a while.
 */
final class RemoteValue<T> {
  /** Between two fetches. */
  static final Duration FLOOR = Duration.ofSeconds(10);

  /** How long a value is kept. */
  static final Duration FRESH = Duration.ofMinutes(10);

  /** How long it stays good beyond that when there is no getting a newer one. */
  static final Duration STALE = Duration.ofHours(1);

  private record Kept<T>(T value, Instant freshUntil) {}

  private final Supplier<Result<T, String>> load;
  private final InstantSource time;
  private @Nullable Kept<T> kept;
  private @Nullable String failure;
  private Instant nextFetch = Instant.MIN;
  private @Nullable CompletableFuture<Void> underWay;

  /**
   * @param load fetches it, or says why it cannot be had; blocks for a bounded time
   */
  RemoteValue(Supplier<Result<T, String>> load, InstantSource time) {
    this.load = load;
    this.time = time;
  }

  /** The value, or why there is none. Blocks if it has to be fetched. */
  Result<T, String> current() {
    Instant now = time.instant();
    synchronized (this) {
      if (kept != null && now.isBefore(kept.freshUntil())) {
        return Result.ok(kept.value());
      }
    }
    fetch(now);
    synchronized (this) {
      return kept != null && now.isBefore(kept.freshUntil().plus(STALE))
          ? Result.ok(kept.value())
          : Result.refused(reason());
    }
  }

  /** A newer value than this one, which did not do, or this one if there is no newer. Blocks. */
  Result<T, String> newerThan(T seen) {
    Instant now = time.instant();
    synchronized (this) {
      if (kept != null && kept.value() != seen) {
        return Result.ok(kept.value());
      }
    }
    fetch(now);
    synchronized (this) {
      return failure == null && kept != null ? Result.ok(kept.value()) : Result.refused(reason());
    }
  }

  private String reason() {
    return failure == null ? "was not fetched" : failure;
  }

  /** Waits for the fetch that is under way, or does one unless it is too early. */
  private void fetch(Instant now) {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> running;
    synchronized (this) {
      running = underWay;
      if (running == null) {
        if (now.isBefore(nextFetch)) {
          return;
        }
        underWay = mine;
      }
    }
    if (running != null) {
      running.join();
      return;
    }
    try {
      remember(load.get());
    } finally {
      synchronized (this) {
        underWay = null;
      }
      mine.complete(null);
    }
  }

  private synchronized void remember(Result<T, String> loaded) {
    Instant now = time.instant();
    nextFetch = now.plus(FLOOR);
    switch (loaded) {
      case Result.Ok<T, String>(T value) -> {
        kept = new Kept<>(value, now.plus(FRESH));
        failure = null;
      }
      case Result.Refused<T, String>(String reason) -> failure = reason;
    }
  }
}
