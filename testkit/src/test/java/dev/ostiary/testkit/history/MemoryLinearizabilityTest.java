package dev.ostiary.testkit.history;

import dev.ostiary.authorization.store.memory.MemoryStore;
import java.util.List;

/** The store in memory. */
final class MemoryLinearizabilityTest extends LinearizabilityContract {
  MemoryLinearizabilityTest() {
    super(List.of(new MemoryStore()), 300);
  }
}
