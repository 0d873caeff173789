package dev.ostiary.authorization.upstream;

import dev.ostiary.authorization.store.UpstreamTokenId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When an upstream was last asked about each of its tokens, on this node. Only so many are known;
 * one that has made room is asked about once more often.
 */
final class CheckThrottle {
  private static final int MOST = 10_000;

  private final Map<UpstreamTokenId, Instant> times = new LinkedHashMap<>();

  /**
   * Whether it is the caller who has to ask: nobody has, for so long. Of any number of concurrent
   * calls, one is told so.
   *
   * @param before when it was known otherwise, such as by a sign-in
   */
  synchronized boolean isDue(
      UpstreamTokenId token, Instant before, Duration interval, Instant now) {
    Instant asked = times.getOrDefault(token, before);
    Instant latest = asked.isAfter(before) ? asked : before;
    if (now.isBefore(latest.plus(interval))) {
      return false;
    }
    mark(token, now);
    return true;
  }

  /** Notes a time at which it was asked, or from which on it counts as asked. */
  synchronized void mark(UpstreamTokenId token, Instant at) {
    times.remove(token);
    times.put(token, at);
    if (times.size() > MOST) {
      times.remove(times.keySet().iterator().next());
    }
  }
}
