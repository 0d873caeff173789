package dev.ostiary.gateway.stdio;

import dev.ostiary.protocol.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How long no child is started for a user whose children failed, while others are not affected. */
final class BackOff {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** After so long without a failure the next one is the first again. */
  private static final Duration FORGIVEN = Duration.ofMinutes(5);

  private static final int MOST = 10_000;

  private record Trouble(int failures, Instant at, Duration rest) {
    Instant end() {
      return at.plus(rest);
    }

    boolean isOver(Instant now) {
      return !now.isBefore(end().plus(FORGIVEN));
    }
  }

  private final Map<Subject, Trouble> troubles = new HashMap<>();

  /** How much of the pause is left; zero if there is none. */
  synchronized Duration rest(Subject user, Instant now) {
    Trouble trouble = troubles.get(user);
    return trouble == null || !now.isBefore(trouble.end())
        ? Duration.ZERO
        : Duration.between(now, trouble.end());
  }

  /**
   * A child has ended by itself.
   *
   * @param worked whether it had answered; then another is started at once, the first time
   */
  synchronized void failed(Subject user, boolean worked, Instant now) {
    Trouble before = troubles.get(user);
    int failures = before == null || before.isOver(now) ? 1 : before.failures() + 1;
    Duration rest = FIRST.multipliedBy(1L << Math.min(failures - 1, 10));
    if (worked && failures == 1) {
      rest = Duration.ZERO;
    }
    if (troubles.size() >= MOST) {
      troubles.values().removeIf(old -> !now.isBefore(old.end()));
    }
    if (troubles.size() < MOST) {
      troubles.put(user, new Trouble(failures, now, rest.compareTo(LONGEST) > 0 ? LONGEST : rest));
    }
  }

  /** A child has done what it was for. */
  synchronized void succeeded(Subject user) {
    troubles.remove(user);
  }
}
