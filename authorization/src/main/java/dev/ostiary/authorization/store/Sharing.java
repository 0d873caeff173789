package dev.ostiary.authorization.store;

import java.time.Instant;

/** What a store offers besides when several nodes use it. */
public interface Sharing {
  /** How late it is by the clock that decides for all nodes. Blocks. */
  Instant time();

  /**
   * Has something called soon after any node has revoked something. It is a hint, which may come
   * without a cause, or not at all: the feed has to be read anyway.
   *
   * @return what ends it
   */
  AutoCloseable onRevocation(Runnable news);
}
