package dev.ostiary.authorization.store.memory;

import dev.ostiary.authorization.store.KeyStore;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.StoredKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
  public void rotate(StoredKey next, Instant removeOthersAt) {
    synchronized (lock) {
      keys.replaceAll(
          (_, key) ->
              key.removeAt() == null ? changed(key, key.privateJwk(), removeOthersAt) : key);
      Added.to(keys, next.keyId(), next);
    }
  }

  @Override
  public boolean reseal(String keyId, Sealed old, Sealed fresh) {
    synchronized (lock) {
      StoredKey key = keys.get(keyId);
      if (key == null || !key.privateJwk().equals(old)) {
        return false;
      }
      keys.put(keyId, changed(key, fresh, key.removeAt()));
      return true;
    }
  }

  private static StoredKey changed(StoredKey key, Sealed privateJwk, @Nullable Instant removeAt) {
    return new StoredKey(
        key.keyId(),
        key.algorithm(),
        key.publicJwk(),
        privateJwk,
        key.createdAt(),
        key.signsFrom(),
        removeAt);
  }

  @Override
  public void remove(String keyId) {
    synchronized (lock) {
      keys.remove(keyId);
    }
  }
}
