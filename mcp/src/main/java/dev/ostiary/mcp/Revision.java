package dev.ostiary.mcp;

import java.util.Optional;
import java.util.regex.Pattern;

/** A dated version of the MCP specification that Ostiary speaks, from the oldest. */
public enum Revision {
  V2025_03_26("2025-03-26", Era.LEGACY),
  V2025_06_18("2025-06-18", Era.LEGACY),
  V2025_11_25("2025-11-25", Era.LEGACY),
  V2026_07_28("2026-07-28", Era.MODERN);

  /** What {@code initialize} settles on when the client asks for another one. */
  public static final Revision LATEST_LEGACY = V2025_11_25;

  /** What a client speaks that names none. */
  public static final Revision UNNAMED = V2025_03_26;

  /** The only modern one, and so all that {@code server/discover} lists. */
  public static final Revision MODERN = V2026_07_28;

  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  private final String wire;
  private final Era era;

  Revision(String wire, Era era) {
    this.wire = wire;
    this.era = era;
  }

  public static Optional<Revision> of(String wire) {
    for (Revision revision : values()) {
      if (revision.wire.equals(wire)) {
        return Optional.of(revision);
      }
    }
    return Optional.empty();
  }

  /**
   * By whose rules a conversation is judged that two others have agreed on, whichever revision that
   * is: every date before the modern era is one of the legacy era. Its rules are those of the
   * latest that is known, which allow the least.
   */
  public static Optional<Revision> ruling(String wire) {
    Optional<Revision> known = of(wire);
    return known.isEmpty() && DATE.matcher(wire).matches() && wire.compareTo(MODERN.wire) < 0
        ? Optional.of(LATEST_LEGACY)
        : known;
  }

  public String wire() {
    return wire;
  }

  public Era era() {
    return era;
  }

  public boolean isModern() {
    return era == Era.MODERN;
  }

  public boolean isAtLeast(Revision other) {
    return compareTo(other) >= 0;
  }
}
