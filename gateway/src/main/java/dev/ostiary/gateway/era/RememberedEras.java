package dev.ostiary.gateway.era;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.gateway.era.EraMemory.Finding;
import dev.ostiary.gateway.peer.Eras;
import dev.ostiary.mcp.Era;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The eras of one backend. What is remembered is read once, in the background; what is learned
 * counts at once and is written in the background. That an era is not spoken counts for a day:
 * servers learn.
 */
public final class RememberedEras implements Eras {
  private static final Duration DAY = Duration.ofDays(1);

  private final String backend;
  private final EraMemory memory;
  private final Executor executor;
  private final InstantSource time;
  private final Logger log;
  private final Map<Era, Finding> known = new ConcurrentHashMap<>();
  private final Object writing = new Object();

  private RememberedEras(
      String backend, EraMemory memory, Executor executor, InstantSource time, Logger log) {
    this.backend = backend;
    this.memory = memory;
    this.executor = executor;
    this.time = time;
    this.log = log;
  }

  /**
   * Begins to read what is remembered.
   *
   * @param backend what its configuration is called, as {@link #name} makes it
   * @param executor for work that blocks
   */
  public static RememberedEras of(
      String backend, EraMemory memory, Executor executor, InstantSource time, Logger log) {
    RememberedEras eras = new RememberedEras(backend, memory, executor, time, log);
    executor.execute(eras::read);
    return eras;
  }

  /** What a configuration is called: a hash of all that decides which program answers. */
  public static String name(String... configuration) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : configuration) {
        byte[] octets = part.getBytes(UTF_8);
        digest.update((octets.length + ":").getBytes(UTF_8));
        digest.update(octets);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  @Override
  public @Nullable Boolean speaks(Era era) {
    Finding finding = known.get(era);
    if (finding == null) {
      return null;
    }
    return (finding.spoken() || !isOlderThanADay(finding)) ? finding.spoken() : null;
  }

  private boolean isOlderThanADay(Finding finding) {
    return finding.at().plus(DAY).isBefore(time.instant());
  }

  /** A backend speaks one of the eras at least: what says otherwise is out of date. */
  @Override
  public void learned(Era era, boolean spoken) {
    Finding before = known.get(era);
    Instant now = time.instant();
    if (before != null && (before.spoken() == spoken) && !isOlderThanADay(before)) {
      return;
    }
    known.put(era, new Finding(era, spoken, now));
    Era other = era == Era.MODERN ? Era.LEGACY : Era.MODERN;
    if (!spoken) {
      known.computeIfPresent(other, (_, finding) -> finding.spoken() ? finding : null);
    }
    executor.execute(() -> write(era));
  }

  private void read() {
    try {
      for (Finding finding : memory.read(backend)) {
        known.putIfAbsent(finding.era(), finding);
      }
    } catch (RuntimeException unavailable) {
      log.log(Level.WARNING, "what is known of a backend cannot be read", unavailable);
    }
  }

  /** Whatever is known when its turn comes: of several findings the latest is kept. */
  private void write(Era era) {
    synchronized (writing) {
      Finding finding = known.get(era);
      if (finding == null) {
        return;
      }
      try {
        memory.write(backend, finding);
      } catch (RuntimeException unavailable) {
        log.log(Level.WARNING, "what is known of a backend cannot be written", unavailable);
      }
    }
  }
}
