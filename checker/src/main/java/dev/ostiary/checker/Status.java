package dev.ostiary.checker;

import java.util.Locale;

/** What became of a check. */
public enum Status {
  PASSED,
  /** A MUST is broken. */
  FAILED,
  /** A SHOULD is broken. */
  WARNED,
  /** It could not be tried; the reason says what was missing. A failure when that is asked for. */
  NOT_TESTED,
  /** The server does not offer what it is about, and need not. */
  NOT_APPLICABLE;

  /** As people and programs read it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
