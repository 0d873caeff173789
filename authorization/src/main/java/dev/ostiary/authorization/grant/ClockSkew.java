package dev.ostiary.authorization.grant;

import dev.ostiary.authorization.store.Store.Sharing;
import dev.ostiary.authorization.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether the clock of this node agrees with the one that decides for all nodes: tokens that one
 * node issues are judged by the clocks of the others. It is compared every ten seconds. The only
 * node of a store has nothing to agree with.
 */
public final class ClockSkew implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ClockSkew.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private final @Nullable Sharing sharing;
  private final InstantSource time;
  private volatile @Nullable String doubt;
  private @Nullable Future<?> comparing;

  private ClockSkew(@Nullable Sharing sharing, InstantSource time) {
    this.sharing = sharing;
    this.time = time;
  }

  public static ClockSkew of(Optional<Sharing> sharing, InstantSource time) {
    return new ClockSkew(sharing.orElse(null), time);
  }

  /** Compares now, and from time to time. */
  public void start(ScheduledExecutorService scheduler) {
    if (sharing != null) {
      compare();
      comparing =
          scheduler.scheduleWithFixedDelay(
              this::compare, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** What is wrong with the clock, if something is. */
  public Optional<String> doubt() {
    return Optional.ofNullable(doubt);
  }

  /** A time that the answer took long to tell says less: it counts as what is nearest. */
  void compare() {
    if (sharing == null) {
      return;
    }
    Instant before = time.instant();
    Instant there;
    try {
      there = sharing.time();
    } catch (StoreUnavailable unavailable) {
      return; // readiness says so by itself
    }
    Instant after = time.instant();
    Duration behind = Duration.between(after, there);
    Duration ahead = Duration.between(there, before);
    if (behind.compareTo(TOLERANCE) > 0) {
      doubt("behind", behind);
    } else if (ahead.compareTo(TOLERANCE) > 0) {
      doubt("ahead of", ahead);
    } else if (doubt != null) {
      LOG.log(System.Logger.Level.INFO, "the clock agrees with the database again");
      doubt = null;
    }
  }

  private void doubt(String where, Duration apart) {
    String text =
        "the clock of this node is %.1f s %s that of the database"
            .formatted(apart.toMillis() / 1000.0, where);
    if (doubt == null) {
      LOG.log(System.Logger.Level.ERROR, "not ready: {0}; set it by NTP", text);
    }
    doubt = text;
  }

  @Override
  public void close() {
    if (comparing != null) {
      comparing.cancel(false);
    }
  }
}
