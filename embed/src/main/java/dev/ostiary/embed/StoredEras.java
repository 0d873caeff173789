package dev.ostiary.embed;

import dev.ostiary.authorization.store.BackendStore;
import dev.ostiary.gateway.era.EraMemory;
import dev.ostiary.mcp.Era;
import java.util.List;

/** What is known of the eras of backends, in the store. */
final class StoredEras implements EraMemory {
  private final BackendStore backends;

  StoredEras(BackendStore backends) {
    this.backends = backends;
  }

  @Override
  public List<Finding> read(String backend) {
    return backends.find(backend).stream()
        .map(found -> new Finding(Era.valueOf(found.era().name()), found.spoken(), found.at()))
        .toList();
  }

  @Override
  public void write(String backend, Finding finding) {
    backends.learn(
        backend,
        new BackendStore.Finding(
            BackendStore.Era.valueOf(finding.era().name()), finding.spoken(), finding.at()));
  }
}
