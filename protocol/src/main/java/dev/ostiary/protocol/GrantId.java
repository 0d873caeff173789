package dev.ostiary.protocol;

/** The identifier of a grant; every token that descends from it carries it. No secret. */
public record GrantId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
