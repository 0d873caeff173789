package dev.ostiary.authorization.store.memory;

import dev.ostiary.authorization.store.BackendStore;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Findings in a map. */
final class MemoryBackendStore implements BackendStore {
  private final Object lock;
  private final Map<String, Map<Era, Finding>> findings = new HashMap<>();

  MemoryBackendStore(Object lock) {
    this.lock = lock;
  }

  @Override
  public void learn(String backend, Finding finding) {
    synchronized (lock) {
      findings.computeIfAbsent(backend, _ -> new EnumMap<>(Era.class)).put(finding.era(), finding);
    }
  }

  @Override
  public List<Finding> find(String backend) {
    synchronized (lock) {
      return List.copyOf(findings.getOrDefault(backend, Map.of()).values());
    }
  }

  void purge(Instant now) {
    synchronized (lock) {
      findings
          .values()
          .forEach(each -> each.values().removeIf(it -> !it.at().plus(KEPT).isAfter(now)));
    }
  }
}
