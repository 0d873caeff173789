package dev.ostiary.authorization.upstream;

import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import java.time.Instant;

/** Ends a grant with everything that descends from it, and says so where it has to be said. */
@FunctionalInterface
public interface GrantTerminator {
  void end(Grant grant, EndReason reason, Instant now);
}
