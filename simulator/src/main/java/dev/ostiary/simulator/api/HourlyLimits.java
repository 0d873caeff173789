package dev.ostiary.simulator.api;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Counts requests per caller and hour: GitHub's primary rate limit. */
final class HourlyLimits {
  private static final Duration WINDOW = Duration.ofHours(1);

  /** How much of an hour's limit is gone, and when it begins anew. */
  record Usage(int limit, int used, Instant reset) {
    boolean isExceeded() {
      return used > limit;
    }

    Usage asExhausted() {
      return new Usage(limit, limit, reset);
    }

    int remaining() {
      return Math.max(0, limit - used);
    }
  }

  private final Map<String, Usage> buckets = new HashMap<>();

  /** Counts a request. */
  synchronized Usage take(Caller caller, Instant now) {
    return add(caller, now, 1);
  }

  /** Takes a request back that turned out not to count. */
  synchronized Usage giveBack(Caller caller, Instant now) {
    return add(caller, now, -1);
  }

  private Usage add(Caller caller, Instant now, int count) {
    Usage usage = buckets.get(caller.bucket());
    if (usage == null || !now.isBefore(usage.reset())) {
      usage = new Usage(caller.hourlyLimit(), 0, now.plus(WINDOW));
    }
    Usage counted = new Usage(usage.limit(), usage.used() + count, usage.reset());
    buckets.put(caller.bucket(), counted);
    return counted;
  }
}
