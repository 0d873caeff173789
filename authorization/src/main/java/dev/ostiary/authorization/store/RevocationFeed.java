package dev.ostiary.authorization.store;

import dev.ostiary.protocol.GrantId;
import java.time.Duration;
import java.util.List;

/**
 * The grants that have ended, in order, so that every node can drop what it keeps of them. Entries
 * stay for longer than an access token lives.
 */
public interface RevocationFeed {
  /** How long an entry stays at least; no access token may live longer. */
  Duration KEPT = Duration.ofDays(7);

  /** One grant that ended; epochs grow and are never given twice. */
  record Ended(long epoch, GrantId grant) {}

  /** The epoch of the latest entry there has been; 0 before the first. */
  long epoch();

  /** What ended after this epoch, the earliest first. */
  List<Ended> since(long epoch);
}
