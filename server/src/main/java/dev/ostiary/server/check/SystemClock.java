package dev.ostiary.server.check;

import dev.ostiary.checker.http.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time of this machine. */
public record SystemClock(InstantSource time) implements Clock {
  @Override
  public Instant now() {
    return time.instant();
  }

  @Override
  public void pass(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
