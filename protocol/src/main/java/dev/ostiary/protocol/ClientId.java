package dev.ostiary.protocol;

/** The identifier of a client, unique at this authorization server (RFC 6749 §2.2). */
public record ClientId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
