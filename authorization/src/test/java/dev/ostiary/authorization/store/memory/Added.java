package dev.ostiary.authorization.store.memory;

import java.util.Map;

/** Adds to a map what is not there yet. */
final class Added {
  private Added() {}

  static <K, V> void to(Map<K, V> map, K key, V value) {
    if (map.putIfAbsent(key, value) != null) {
      throw new IllegalStateException("there is one already: " + key);
    }
  }
}
