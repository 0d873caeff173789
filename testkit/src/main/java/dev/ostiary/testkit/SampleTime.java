package dev.ostiary.testkit;

import java.time.Instant;

/** The moment at which the samples begin. */
public final class SampleTime {
  public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private SampleTime() {}
}
