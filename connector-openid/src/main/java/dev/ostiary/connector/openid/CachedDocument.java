package dev.ostiary.connector.openid;

import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.http.fetch.CachedFetch;
import dev.ostiary.protocol.Result;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/** A document of the provider, kept for an hour, and for a day in all while it cannot be read. */
final class CachedDocument<T> {
  static final Duration FRESH = Duration.ofHours(1);
  static final Duration STALE = Duration.ofHours(24);

  /** After an attempt that failed, or one for a newer document, until the next. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  private static final CachedFetch.Times TIMES =
      new CachedFetch.Times(Duration.ZERO, PAUSE, PAUSE, STALE.minus(FRESH));

  private final CachedFetch<T, UpstreamRefusal> fetch;

  CachedDocument(Supplier<Result<T, UpstreamRefusal>> read, InstantSource time) {
    this.fetch =
        new CachedFetch<>(
            () ->
                switch (read.get()) {
                  case Result.Ok<T, UpstreamRefusal>(T value) ->
                      new CachedFetch.Value<>(value, FRESH);
                  case Result.Refused<T, UpstreamRefusal>(UpstreamRefusal reason) ->
                      new CachedFetch.Failure<>(reason);
                },
            TIMES,
            time);
  }

  /** The document. Blocks if it has to be read. */
  Result<T, UpstreamRefusal> get() {
    return result(fetch.current());
  }

  /** A newer one than this, which did not serve, or this again if it is too early to ask. */
  Result<T, UpstreamRefusal> newerThan(T seen) {
    return result(fetch.newerThan(seen));
  }

  private Result<T, UpstreamRefusal> result(CachedFetch.Outcome<T, UpstreamRefusal> outcome) {
    return switch (outcome) {
      case CachedFetch.Value<T, UpstreamRefusal>(T value, var _) -> Result.ok(value);
      case CachedFetch.Failure<T, UpstreamRefusal>(var reason) ->
          Result.refused(
              reason == null ? new UpstreamRefusal.Unavailable("it was not asked yet") : reason);
    };
  }
}
