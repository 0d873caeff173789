package dev.ostiary.authorization.hash;

/** The hash of a registration access token (RFC 7592 §1.2). */
public record RegistrationTokenHash(Sha256 hash) {
  public static RegistrationTokenHash of(String token) {
    return new RegistrationTokenHash(Sha256.of(token));
  }
}
