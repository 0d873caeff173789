package dev.ostiary.authorization.limit;

import dev.ostiary.authorization.model.Limit;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A token bucket for each key. A key that is not kept has a full one. Only so many keys are kept:
 * the one that was not used for the longest time makes room, which is none that is slowed down. So
 * callers with many addresses cannot fill the memory.
 */
final class KeyedRateLimiter<K> {
  /** At about 350 bytes each. */
  static final int MOST = 10_000;

  private static final long ONE = 1;
  private static final long NANOS = Duration.ofSeconds(1).toNanos();

  private final Limit limit;
  private final TimeMeter time;
  private final int most;
  private final SequencedMap<K, Bucket> leastUsedFirst = new LinkedHashMap<>(16, 0.75f, true);

  KeyedRateLimiter(Limit limit, InstantSource time) {
    this(limit, time, MOST);
  }

  KeyedRateLimiter(Limit limit, InstantSource time, int most) {
    this.limit = limit;
    this.time = new SourceMeter(time);
    this.most = most;
  }

  /** Takes one out of this key's bucket, or says for how long it is empty. */
  synchronized Optional<RateLimited> take(K key) {
    if (limit.equals(Limit.NONE)) {
      return Optional.empty();
    }
    var taken = bucket(key).tryConsumeAndReturnRemaining(ONE);
    return taken.isConsumed()
        ? Optional.empty()
        : Optional.of(tooMany(taken.getNanosToWaitForRefill()));
  }

  /** Whether something could be taken. */
  synchronized Optional<RateLimited> look(K key) {
    Bucket bucket = leastUsedFirst.get(key);
    if (bucket == null) {
      return Optional.empty();
    }
    var estimate = bucket.estimateAbilityToConsume(ONE);
    return estimate.canBeConsumed()
        ? Optional.empty()
        : Optional.of(tooMany(estimate.getNanosToWaitForRefill()));
  }

  synchronized int size() {
    return leastUsedFirst.size();
  }

  private Bucket bucket(K key) {
    Bucket bucket = leastUsedFirst.computeIfAbsent(key, _ -> full());
    if (leastUsedFirst.size() > most) {
      leastUsedFirst.pollFirstEntry();
    }
    return bucket;
  }

  private Bucket full() {
    return Bucket.builder()
        .addLimit(
            bandwidth ->
                bandwidth.capacity(limit.burst()).refillGreedy(limit.requests(), limit.per()))
        .withCustomTimePrecision(time)
        .withSynchronizationStrategy(SynchronizationStrategy.NONE)
        .build();
  }

  private static RateLimited tooMany(long nanos) {
    return new RateLimited(Math.clamp(Math.ceilDiv(nanos, NANOS), 1, Integer.MAX_VALUE));
  }

  /**
   * Time as buckets want it: nanoseconds since 1970, which end in 2262. It goes on where a clock
   * jumps back: empty buckets would stay empty until the clock has caught up.
   */
  private static final class SourceMeter implements TimeMeter {
    private final InstantSource time;
    private long last = Long.MIN_VALUE;
    private long jumped;

    SourceMeter(InstantSource time) {
      this.time = time;
    }

    /** The buckets' lock is held. */
    @Override
    public long currentTimeNanos() {
      var instant = time.instant();
      long now =
          Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS), instant.getNano());
      if (now < last) {
        jumped += last - now;
      }
      last = now;
      return now + jumped;
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
