package dev.ostiary.authorization.store;

import dev.ostiary.authorization.hash.RefreshHash;
import java.time.Instant;

/**
 * One refresh token of a grant's family.
 *
 * @param generation 1 for the first; the successor of any has one more
 * @param newest whether no successor has been issued
 * @param expiresAt its end if it is not used before
 */
public record RefreshToken(
    RefreshHash hash, Grant grant, int generation, boolean newest, Instant expiresAt) {
  /** The same token, now that its successor has been issued. */
  public RefreshToken replaced() {
    return new RefreshToken(hash, grant, generation, false, expiresAt);
  }
}
