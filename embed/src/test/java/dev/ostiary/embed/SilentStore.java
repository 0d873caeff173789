package dev.ostiary.embed;

import dev.ostiary.authorization.store.ApprovalStore;
import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.KeyStore;
import dev.ostiary.authorization.store.MemoryStore;
import dev.ostiary.authorization.store.RevocationFeed;
import dev.ostiary.authorization.store.SessionStore;
import dev.ostiary.authorization.store.SignInStore;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.authorization.store.UpstreamTokenStore;
import java.io.IOException;
import java.time.Instant;

/** A store in memory that can fall silent. */
final class SilentStore implements Store {
  private final Store store = new MemoryStore();
  private volatile boolean silent;

  void fallSilent() {
    silent = true;
  }

  @Override
  public void ping() {
    if (silent) {
      throw new StoreUnavailable("the store is silent", new IOException("no answer"));
    }
  }

  @Override
  public ClientStore clients() {
    return store.clients();
  }

  @Override
  public SignInStore signIns() {
    return store.signIns();
  }

  @Override
  public GrantStore grants() {
    return store.grants();
  }

  @Override
  public UpstreamTokenStore upstreamTokens() {
    return store.upstreamTokens();
  }

  @Override
  public ApprovalStore approvals() {
    return store.approvals();
  }

  @Override
  public SessionStore sessions() {
    return store.sessions();
  }

  @Override
  public KeyStore keys() {
    return store.keys();
  }

  @Override
  public RevocationFeed revocations() {
    return store.revocations();
  }

  @Override
  public void purge(Instant now) {
    store.purge(now);
  }

  @Override
  public void close() {
    store.close();
  }
}
