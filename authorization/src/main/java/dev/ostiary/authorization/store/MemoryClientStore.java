package dev.ostiary.authorization.store;

import dev.ostiary.protocol.ClientId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Registered clients in a map. */
final class MemoryClientStore implements ClientStore {
  private final Object lock;
  private final Map<ClientId, RegisteredClient> clients = new HashMap<>();

  MemoryClientStore(Object lock) {
    this.lock = lock;
  }

  @Override
  public void add(RegisteredClient client) {
    synchronized (lock) {
      Added.to(clients, client.id(), client);
    }
  }

  @Override
  public Optional<RegisteredClient> find(ClientId id) {
    synchronized (lock) {
      return Optional.ofNullable(clients.get(id));
    }
  }
}
