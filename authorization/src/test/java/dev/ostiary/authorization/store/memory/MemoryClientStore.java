package dev.ostiary.authorization.store.memory;

import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.authorization.store.ListedClient;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.ClientId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Registered clients in a map. */
final class MemoryClientStore implements ClientStore {
  private record Known(RegisteredClient client, Instant usedAt) {
    boolean isUnused(Instant since) {
      return client.kind() != ClientKind.CONFIGURED && !usedAt.isAfter(since);
    }
  }

  private final Object lock;
  private final MemoryGrantStore grants;
  private final Map<ClientId, Known> clients = new HashMap<>();

  MemoryClientStore(Object lock, MemoryGrantStore grants) {
    this.lock = lock;
    this.grants = grants;
  }

  @Override
  public void add(RegisteredClient client) {
    synchronized (lock) {
      Added.to(clients, client.id(), new Known(client, client.registeredAt()));
    }
  }

  @Override
  public Optional<RegisteredClient> find(ClientId id) {
    synchronized (lock) {
      return Optional.ofNullable(clients.get(id)).map(Known::client);
    }
  }

  @Override
  public List<ListedClient> list(@Nullable ClientId after, int most) {
    synchronized (lock) {
      return clients.values().stream()
          .filter(known -> after == null || id(known).compareTo(after.value()) > 0)
          .sorted(Comparator.comparing(MemoryClientStore::id))
          .limit(most)
          .map(known -> new ListedClient(known.client(), known.usedAt()))
          .toList();
    }
  }

  private static String id(Known known) {
    return known.client().id().value();
  }

  @Override
  public boolean replace(RegisteredClient client) {
    synchronized (lock) {
      return clients.computeIfPresent(
              client.id(),
              (_, known) -> new Known(replaced(known.client(), client), known.usedAt()))
          != null;
    }
  }

  @Override
  public Optional<RegisteredClient> keep(RegisteredClient client) {
    synchronized (lock) {
      return Optional.ofNullable(clients.put(client.id(), new Known(client, client.registeredAt())))
          .map(Known::client);
    }
  }

  @Override
  public boolean remove(ClientId id) {
    synchronized (lock) {
      return clients.remove(id) != null;
    }
  }

  @Override
  public void used(ClientId id, Instant now) {
    synchronized (lock) {
      clients.computeIfPresent(
          id,
          (_, known) ->
              now.isBefore(known.usedAt().plus(USE_NOTED))
                  ? known
                  : new Known(known.client(), now));
    }
  }

  @Override
  public int forgetUnused(Instant since, Instant now) {
    synchronized (lock) {
      Set<ClientId> needed = grants.clients(now);
      clients.replaceAll(
          (id, known) ->
              known.isUnused(since) && needed.contains(id)
                  ? new Known(known.client(), now)
                  : known);
      int before = clients.size();
      clients.values().removeIf(known -> known.isUnused(since));
      return before - clients.size();
    }
  }

  private static RegisteredClient replaced(RegisteredClient before, RegisteredClient after) {
    return new RegisteredClient(
        before.id(),
        before.kind(),
        after.secret(),
        before.registrationToken(),
        after.metadata(),
        before.registeredAt());
  }
}
