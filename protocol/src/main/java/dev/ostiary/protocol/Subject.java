package dev.ostiary.protocol;

/**
 * The {@code sub} of our tokens: {@code <upstream>:<stable id>}, and never a login name, which may
 * pass on.
 */
public record Subject(String value) {
  @Override
  public String toString() {
    return value;
  }
}
