package dev.ostiary.authorization.store.memory;

import dev.ostiary.authorization.hash.AssertionHash;
import dev.ostiary.authorization.store.AssertionStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Used assertions in a map. */
final class MemoryAssertionStore implements AssertionStore {
  private final Object lock;
  private final Map<AssertionHash, Instant> used = new HashMap<>();

  MemoryAssertionStore(Object lock) {
    this.lock = lock;
  }

  @Override
  public boolean use(AssertionHash assertion, Instant keptUntil, Instant now) {
    synchronized (lock) {
      Instant before = used.get(assertion);
      if (before != null && now.isBefore(before)) {
        return false;
      }
      used.put(assertion, keptUntil);
      return true;
    }
  }

  void purge(Instant now) {
    synchronized (lock) {
      used.values().removeIf(until -> !now.isBefore(until));
    }
  }
}
