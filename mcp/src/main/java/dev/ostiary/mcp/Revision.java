package dev.ostiary.mcp;

import java.util.Optional;

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
