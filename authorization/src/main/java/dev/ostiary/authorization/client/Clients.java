package dev.ostiary.authorization.client;

import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.ClientId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The clients that this authorization server knows, however it came to know them: what the
 * configuration says of a client goes before what is stored.
 */
public final class Clients {
  private final Map<ClientId, RegisteredClient> configured;
  private final ClientStore registered;

  private Clients(Map<ClientId, RegisteredClient> configured, ClientStore registered) {
    this.configured = Map.copyOf(configured);
    this.registered = registered;
  }

  /** Those that are stored. */
  public static Clients of(ClientStore registered) {
    return of(List.of(), registered);
  }

  /**
   * Those that are configured, and those that are stored.
   *
   * @throws IllegalArgumentException if two of the configured have the same id
   */
  public static Clients of(List<ConfiguredClient> configured, ClientStore registered) {
    Map<ClientId, RegisteredClient> byId = new HashMap<>();
    for (ConfiguredClient client : configured) {
      if (byId.put(client.id(), client.registered()) != null) {
        throw new IllegalArgumentException("two clients are called " + client.id());
      }
    }
    return new Clients(byId, registered);
  }

  /** The client of this id. Blocks. */
  public Optional<RegisteredClient> find(ClientId id) {
    RegisteredClient client = configured.get(id);
    return client == null ? registered.find(id) : Optional.of(client);
  }

  /** To be told when a client does something that it needs to be registered for. Blocks. */
  public void used(RegisteredClient client, Instant now) {
    if (!configured.containsKey(client.id())) {
      registered.used(client.id(), now);
    }
  }
}
