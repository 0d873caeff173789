package dev.ostiary.authorization.store.memory;

import dev.ostiary.authorization.store.DataKey;
import dev.ostiary.authorization.store.DataKeyStore;
import dev.ostiary.authorization.store.Sealed;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Data keys in a map. */
final class MemoryDataKeyStore implements DataKeyStore {
  private static final Comparator<DataKey> OLDEST_FIRST =
      Comparator.comparing(DataKey::createdAt).thenComparing(DataKey::id);

  private final Object lock;
  private final Map<String, DataKey> keys = new HashMap<>();
  private @Nullable Sealed masterKey;

  MemoryDataKeyStore(Object lock) {
    this.lock = lock;
  }

  @Override
  public List<DataKey> all() {
    synchronized (lock) {
      return keys.values().stream().sorted(OLDEST_FIRST).toList();
    }
  }

  @Override
  public List<DataKey> begin(DataKey first) {
    synchronized (lock) {
      if (keys.isEmpty()) {
        keys.put(first.id(), first);
      }
      return all();
    }
  }

  @Override
  public void add(DataKey key) {
    synchronized (lock) {
      Added.to(keys, key.id(), key);
    }
  }

  @Override
  public void remove(String id) {
    synchronized (lock) {
      keys.remove(id);
    }
  }

  @Override
  public Optional<Sealed> masterKey() {
    synchronized (lock) {
      return Optional.ofNullable(masterKey);
    }
  }

  @Override
  public Sealed beginMasterKey(Sealed first) {
    synchronized (lock) {
      if (masterKey == null) {
        masterKey = first;
      }
      return masterKey;
    }
  }
}
