package dev.ostiary.testkit.store;

import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.memory.MemoryStore;

/** The store in memory keeps the contract. */
final class MemoryStoreTest extends StoreContract {
  @Override
  protected Store open() {
    return new MemoryStore();
  }
}
