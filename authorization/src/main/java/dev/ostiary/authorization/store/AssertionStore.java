package dev.ostiary.authorization.store;

import dev.ostiary.authorization.hash.AssertionHash;
import java.time.Instant;

/** Remembers the assertions that clients have used, until they have expired. */
public interface AssertionStore {
  /**
   * Uses up an assertion (RFC 7523 §3). Of any number of calls with the same hash before {@code
   * keptUntil}, at the same time too, one sees true.
   *
   * @param keptUntil from when on it is refused for its age alone, and can be forgotten
   */
  boolean use(AssertionHash assertion, Instant keptUntil, Instant now);
}
