package dev.ostiary.authorization.store;

import dev.ostiary.protocol.ClientId;
import java.util.Optional;

/** Remembers registered clients. */
public interface ClientStore {
  void add(RegisteredClient client);

  Optional<RegisteredClient> find(ClientId id);
}
