package dev.ostiary.authorization.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What was revoked, in order, so that every node can drop what it keeps of it: grants that ended,
 * which {@link GrantStore#end} adds, and single access tokens.
 */
public interface RevocationFeed {
  /** How long an ended grant's entry stays at least; no access token may live longer. */
  Duration KEPT = Duration.ofDays(7);

  /** How long a revoked token stays known after it expired, for clocks that are behind. */
  Duration KEPT_EXPIRED = Duration.ofMinutes(1);

  /** One entry; epochs grow and are never given twice. */
  record Entry(long epoch, Revocation revocation) {}

  /** The epoch of the latest entry there has been; 0 before the first. */
  long epoch();

  /** What was revoked after this epoch, the earliest first. */
  List<Entry> since(long epoch);

  /**
   * Revokes one access token, and nothing else of its grant (RFC 7009 §2.1). Revoking it twice is
   * harmless. {@link GrantStore#findFor} knows of it until {@link #KEPT_EXPIRED} after its expiry.
   *
   * @param jti the token's identifier
   * @return whether this call revoked it
   */
  boolean revoke(String jti, Instant expiresAt, Instant now);
}
