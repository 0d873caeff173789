package dev.ostiary.gateway.credential;

import dev.ostiary.gateway.credential.BackendCredential.Fields;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Header fields that may be shown again for a while. Only so many are known at a time. */
final class ExpiringCache<K> {
  private static final int MOST = 50_000;

  private record Entry(Fields fields, Instant until) {}

  private final ConcurrentMap<K, Entry> entries = new ConcurrentHashMap<>();

  @Nullable Fields find(K key, Instant now) {
    Entry entry = entries.get(key);
    return entry != null && now.isBefore(entry.until()) ? entry.fields() : null;
  }

  void put(K key, Fields fields, Instant until, Instant now) {
    if (entries.size() >= MOST) {
      entries.values().removeIf(old -> !now.isBefore(old.until()));
    }
    if (entries.size() < MOST) {
      entries.put(key, new Entry(fields, until));
    }
  }

  void forget(K key) {
    entries.remove(key);
  }
}
