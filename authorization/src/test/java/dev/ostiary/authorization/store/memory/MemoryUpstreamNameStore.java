package dev.ostiary.authorization.store.memory;

import dev.ostiary.authorization.store.UpstreamNameStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Names in a map. */
final class MemoryUpstreamNameStore implements UpstreamNameStore {
  private final Object lock;
  private final Map<Name, String> ids = new HashMap<>();

  MemoryUpstreamNameStore(Object lock) {
    this.lock = lock;
  }

  @Override
  public String keep(Name name, String id, Instant now) {
    synchronized (lock) {
      String known = ids.putIfAbsent(name, id);
      return known == null ? id : known;
    }
  }

  @Override
  public Optional<String> find(Name name) {
    synchronized (lock) {
      return Optional.ofNullable(ids.get(name));
    }
  }
}
