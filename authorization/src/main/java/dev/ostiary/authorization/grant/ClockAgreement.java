package dev.ostiary.authorization.grant;

import dev.ostiary.authorization.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the clock may say what is old enough to be deleted. A clock that jumps a year ahead makes
 * every grant and every client old, and what is deleted then is gone when it jumps back. So it has
 * to agree with the latest time that the store remembers, or to run without another jump for a day:
 * a server that was switched off for long is right about the time, too.
 */
final class ClockAgreement {
  /** How many looks, one a minute, make a day. */
  static final int STEADY = 1440;

  private static final System.Logger LOG = System.getLogger(ClockAgreement.class.getName());
  private static final Duration TOLERANCE = Duration.ofDays(1);
  private static final Duration JUMP = Duration.ofHours(1);

  private final Store store;
  private @Nullable Instant doubted;
  private int steady;
  private volatile @Nullable String doubt;

  ClockAgreement(Store store) {
    this.store = store;
  }

  /** Looks, and says whether the clock may be trusted. */
  boolean agrees(Instant now) {
    Instant newest = store.lastSeen().orElse(now);
    Duration apart = Duration.between(newest, now).abs();
    if (apart.compareTo(TOLERANCE) > 0 && !isSteady(now)) {
      doubt(newest, now, apart);
      return false;
    }
    store.seen(now);
    trust();
    return true;
  }

  /** What is wrong with it, if something is. */
  Optional<String> doubt() {
    return Optional.ofNullable(doubt);
  }

  private boolean isSteady(Instant now) {
    Instant before = doubted;
    boolean jumped = before == null || Duration.between(before, now).abs().compareTo(JUMP) > 0;
    doubted = now;
    steady = jumped ? 0 : steady + 1;
    return steady >= STEADY;
  }

  private void doubt(Instant newest, Instant now, Duration apart) {
    String text = "the clock and the newest record are %d days apart".formatted(apart.toDays());
    if (doubt == null) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} ({1} and {2}): expired records, unused clients and upstream tokens are kept until"
              + " they agree, or until the clock has run for a day without another jump",
          text,
          now.truncatedTo(ChronoUnit.SECONDS),
          newest.truncatedTo(ChronoUnit.SECONDS));
    }
    doubt = text;
  }

  private void trust() {
    if (doubt != null) {
      LOG.log(System.Logger.Level.INFO, "the clock is trusted again, and old records are deleted");
    }
    doubt = null;
    doubted = null;
    steady = 0;
  }
}
