package dev.ostiary.authorization.hash;

/** The hash of a refresh token. */
public record RefreshHash(Sha256 hash) {
  public static RefreshHash of(String refreshToken) {
    return new RefreshHash(Sha256.of(refreshToken));
  }
}
