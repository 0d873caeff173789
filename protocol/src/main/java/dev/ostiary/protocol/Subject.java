package dev.ostiary.protocol;

/**
 * The {@code sub} of our tokens: {@code <upstream>:<stable id>}, and never a login name, which may
 * pass on.
 */
public record Subject(String value) {
  /** The upstream that the user signed in at; empty if the value names none. */
  public String upstream() {
    return value.substring(0, Math.max(0, value.indexOf(':')));
  }

  @Override
  public String toString() {
    return value;
  }
}
