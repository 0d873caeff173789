package dev.ostiary.authorization.client;

import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.ClientId;
import java.util.Optional;

/** The clients that this authorization server knows, however it came to know them. */
public final class Clients {
  private final ClientStore registered;

  private Clients(ClientStore registered) {
    this.registered = registered;
  }

  public static Clients of(ClientStore registered) {
    return new Clients(registered);
  }

  /** The client of this id. Blocks. */
  public Optional<RegisteredClient> find(ClientId id) {
    return registered.find(id);
  }
}
