package dev.ostiary.authorization.hash;

/** The hash of an authorization code. */
public record CodeHash(Sha256 hash) {
  public static CodeHash of(String code) {
    return new CodeHash(Sha256.of(code));
  }
}
