package dev.ostiary.embed;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A time that goes on only when it is told to. */
final class SettableTime implements InstantSource {
  private volatile Instant now = Instant.parse("2026-11-21T12:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }
}
