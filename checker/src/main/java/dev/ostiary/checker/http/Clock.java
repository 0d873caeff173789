package dev.ostiary.checker.http;

import java.time.Duration;
import java.time.Instant;

/** The time of day, and how to let some of it pass. */
public interface Clock {
  Instant now();

  /** Comes back after this time, or earlier if the checker is to stop. */
  void pass(Duration time);
}
