package dev.ostiary.authorization.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A time that goes on only when it is told to. */
public final class SteppedTime implements InstantSource {
  private volatile Instant now = Instant.parse("2026-11-21T12:00:00.5Z");

  @Override
  public Instant instant() {
    return now;
  }

  public void pass(Duration time) {
    now = now.plus(time);
  }
}
