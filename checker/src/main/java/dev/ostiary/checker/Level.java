package dev.ostiary.checker;

/** The specification's keyword, and so how much a broken requirement weighs. */
public enum Level {
  /** Broken, the check has failed. */
  MUST,
  /** Broken, the check warns. */
  SHOULD
}
