package dev.ostiary.authorization.hash;

/** The hash of a session cookie's value. */
public record SessionHash(Sha256 hash) {
  public static SessionHash of(String cookie) {
    return new SessionHash(Sha256.of(cookie));
  }
}
