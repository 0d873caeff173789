package dev.ostiary.authorization.store.memory;

import dev.ostiary.authorization.store.KeyStore;
import dev.ostiary.authorization.store.StoredKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Signing keys in a map. */
final class MemoryKeyStore implements KeyStore {
  private static final Comparator<StoredKey> OLDEST_FIRST =
      Comparator.comparing(StoredKey::createdAt).thenComparing(StoredKey::keyId);

  private final Object lock;
  private final Map<String, StoredKey> keys = new HashMap<>();

  MemoryKeyStore(Object lock) {
    this.lock = lock;
  }

  @Override
  public List<StoredKey> all() {
    synchronized (lock) {
      return keys.values().stream().sorted(OLDEST_FIRST).toList();
    }
  }

  @Override
  public List<StoredKey> begin(StoredKey first) {
    synchronized (lock) {
      if (keys.isEmpty()) {
        keys.put(first.keyId(), first);
      }
      return all();
    }
  }

  @Override
  public void add(StoredKey key) {
    synchronized (lock) {
      Added.to(keys, key.keyId(), key);
    }
  }

  @Override
  public void replace(StoredKey key) {
    synchronized (lock) {
      keys.replace(key.keyId(), key);
    }
  }

  @Override
  public void remove(String keyId) {
    synchronized (lock) {
      keys.remove(keyId);
    }
  }
}
