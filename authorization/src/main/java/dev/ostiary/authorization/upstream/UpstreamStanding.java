package dev.ostiary.authorization.upstream;

import dev.ostiary.authorization.store.Grant;

/** Whether the upstream still stands behind a grant: honours its token and welcomes its user. */
@FunctionalInterface
public interface UpstreamStanding {
  /**
   * Asks, unless that has just been done. If it does not, the grant has ended when this returns.
   * Not being able to ask is no loss. Blocks.
   */
  boolean holds(Grant grant);
}
