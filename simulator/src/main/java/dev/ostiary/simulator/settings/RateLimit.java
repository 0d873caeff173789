package dev.ostiary.simulator.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A rate limit that answers every API request for a while. GitHub uses 403 and 429 for both kinds.
 */
public sealed interface RateLimit {
  int status();

  /** The hourly number of requests is used up: {@code x-ratelimit-remaining: 0} and the reset. */
  record Primary(int status) implements RateLimit {}

  /**
   * Too much at once.
   *
   * @param retryAfter what {@code retry-after} says; null for an answer that leaves it out
   */
  record Secondary(int status, @Nullable Duration retryAfter) implements RateLimit {}
}
