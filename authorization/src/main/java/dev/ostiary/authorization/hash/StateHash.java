package dev.ostiary.authorization.hash;

/** The hash of the {@code state} we sent to an upstream. */
public record StateHash(Sha256 hash) {
  public static StateHash of(String state) {
    return new StateHash(Sha256.of(state));
  }
}
