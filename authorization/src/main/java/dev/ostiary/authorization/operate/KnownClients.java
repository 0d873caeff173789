package dev.ostiary.authorization.operate;

import dev.ostiary.authorization.client.registration.ConfiguredClient;
import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.ClientId;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Clients that are known without asking anybody else: of the configuration, and stored. */
final class KnownClients {
  private final SequencedMap<String, ConfiguredClient> configured;
  private final ClientStore store;

  KnownClients(List<ConfiguredClient> configured, ClientStore store) {
    this.configured =
        configured.stream()
            .collect(
                Collectors.toMap(
                    client -> client.id().value(),
                    Function.identity(),
                    (one, _) -> one,
                    TreeMap::new));
    this.store = store;
  }

  List<ConfiguredClient> configured() {
    return List.copyOf(configured.values());
  }

  boolean isConfigured(ClientId id) {
    return configured.containsKey(id.value());
  }

  boolean isKnown(ClientId id) {
    return isConfigured(id) || store.find(id).isPresent();
  }

  /** What a client is called, if it is known and has a name. */
  Optional<String> name(ClientId id) {
    ConfiguredClient client = configured.get(id.value());
    return client == null
        ? store.find(id).map(RegisteredClient::metadata).map(metadata -> metadata.name())
        : Optional.ofNullable(client.metadata().name());
  }
}
