package dev.ostiary.authorization.hash;

/** The hash of a client secret; all of ours are random, so no slow hash is needed. */
public record SecretHash(Sha256 hash) {
  public static SecretHash of(String secret) {
    return new SecretHash(Sha256.of(secret));
  }
}
