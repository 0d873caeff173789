package dev.ostiary.gateway.foreign;

import dev.ostiary.http.fetch.CachedFetch;
import dev.ostiary.protocol.Result;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * A document of a foreign authorization server, kept for ten minutes, and for an hour more while it
 * cannot be fetched.
 */
final class Remote<T> {
  /** After a fetch that failed, or one for a newer document, until the next. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  /** How long a document is kept. */
  static final Duration FRESH = Duration.ofMinutes(10);

  /** How long it stays good beyond that when there is no getting a newer one. */
  static final Duration STALE = Duration.ofHours(1);

  private static final CachedFetch.Times TIMES =
      new CachedFetch.Times(Duration.ZERO, PAUSE, PAUSE, STALE);

  private final CachedFetch<T, String> fetch;

  /**
   * @param load fetches it, or says why it cannot be had; blocks for a bounded time
   */
  Remote(Supplier<Result<T, String>> load, InstantSource time) {
    this.fetch =
        new CachedFetch<>(
            () ->
                switch (load.get()) {
                  case Result.Ok<T, String>(T value) -> new CachedFetch.Value<>(value, FRESH);
                  case Result.Refused<T, String>(String why) -> new CachedFetch.Failure<>(why);
                },
            TIMES,
            time);
  }

  /** The document, or why there is none. Blocks if it has to be fetched. */
  Result<T, String> current() {
    return result(fetch.current());
  }

  /** A newer document than this one, which did not do, or this one if there is no newer. Blocks. */
  Result<T, String> newerThan(T seen) {
    return result(fetch.newerThan(seen));
  }

  private Result<T, String> result(CachedFetch.Outcome<T, String> outcome) {
    return switch (outcome) {
      case CachedFetch.Value<T, String>(T value, var _) -> Result.ok(value);
      case CachedFetch.Failure<T, String>(var why) ->
          Result.refused(why == null ? "was not fetched" : why);
    };
  }
}
