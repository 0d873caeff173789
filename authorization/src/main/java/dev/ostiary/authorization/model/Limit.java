package dev.ostiary.authorization.model;

import java.time.Duration;

/**
 * How often something may happen: so many at once, and from then on at a steady pace.
 *
 * @param requests how many
 * @param per in what time
 * @param burst how many after a rest
 */
public record Limit(int requests, Duration per, int burst) {
  private static final Duration LONGEST = Duration.ofDays(366);

  /** As often as anybody likes. */
  public static final Limit NONE = new Limit(Integer.MAX_VALUE, LONGEST, Integer.MAX_VALUE);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is not positive, or the time is over a year
   */
  public Limit {
    if (requests < 1 || burst < 1) {
      throw new IllegalArgumentException("a limit that allows nothing");
    }
    if (!per.isPositive() || per.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a limit needs a time of up to a year");
    }
    if (per.toNanos() < requests) {
      throw new IllegalArgumentException("a limit of more than one in a nanosecond");
    }
  }
}
