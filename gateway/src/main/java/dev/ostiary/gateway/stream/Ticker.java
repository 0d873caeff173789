package dev.ostiary.gateway.stream;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls, once a second, everything that has a time-out. So ten thousand idle streams cost one call
 * each, and no timer.
 */
public final class Ticker {
  /** Something with a time-out. */
  public interface Tickable {
    /** Must not block. */
    void tick(Instant now);
  }

  private final Set<Tickable> all = ConcurrentHashMap.newKeySet();
  private final InstantSource time;
  private final Logger log;

  public Ticker(InstantSource time, Logger log) {
    this.time = time;
    this.log = log;
  }

  public void add(Tickable watched) {
    all.add(watched);
  }

  public void remove(Tickable watched) {
    all.remove(watched);
  }

  /** How many are registered. */
  public int size() {
    return all.size();
  }

  public Instant now() {
    return time.instant();
  }

  /** To be called about once a second. */
  public void tick() {
    Instant now = time.instant();
    for (Tickable watched : all) {
      try {
        watched.tick(now);
      } catch (RuntimeException | Error broken) {
        log.log(Level.ERROR, "a stream cannot be looked after", broken);
      }
    }
  }
}
