package dev.ostiary.authorization.register;

import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.authorization.store.ListedClient;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.protocol.ClientId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store whose storage does not answer. */
final class BrokenClientStore implements ClientStore {
  @Override
  public void add(RegisteredClient client) {
    throw broken();
  }

  @Override
  public Optional<RegisteredClient> find(ClientId id) {
    throw broken();
  }

  @Override
  public List<ListedClient> list(@Nullable ClientId after, int most) {
    throw broken();
  }

  @Override
  public boolean replace(RegisteredClient client) {
    throw broken();
  }

  @Override
  public Optional<RegisteredClient> keep(RegisteredClient client) {
    throw broken();
  }

  @Override
  public boolean remove(ClientId id) {
    throw broken();
  }

  @Override
  public void used(ClientId id, Instant now) {
    throw broken();
  }

  @Override
  public int forgetUnused(Instant since, Instant now) {
    throw broken();
  }

  private static StoreUnavailable broken() {
    return new StoreUnavailable("broken", new IOException("broken"));
  }
}
