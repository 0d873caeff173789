package dev.ostiary.authorization.store.memory;

import dev.ostiary.authorization.store.ApprovalStore;
import dev.ostiary.authorization.store.AssertionStore;
import dev.ostiary.authorization.store.BackendStore;
import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.authorization.store.DataKeyStore;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.KeyStore;
import dev.ostiary.authorization.store.RevocationFeed;
import dev.ostiary.authorization.store.SessionStore;
import dev.ostiary.authorization.store.SignInStore;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.UpstreamNameStore;
import dev.ostiary.authorization.store.UpstreamTokenStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store that forgets everything with the process: for tests, and for programs whose users may
 * sign in again after a restart. One lock guards all of it, so every verb is one transaction.
 */
public final class MemoryStore implements Store {
  private final Object lock = new Object();
  private final MemorySignInStore signIns = new MemorySignInStore(lock);
  private final MemoryRevocationFeed revocations = new MemoryRevocationFeed(lock);
  private final MemoryGrantStore grants = new MemoryGrantStore(lock, revocations);
  private final MemoryClientStore clients = new MemoryClientStore(lock, grants);
  private final MemoryUpstreamTokenStore upstreamTokens =
      new MemoryUpstreamTokenStore(lock, grants);
  private final MemoryUpstreamNameStore upstreamNames = new MemoryUpstreamNameStore(lock);
  private final MemoryAssertionStore assertions = new MemoryAssertionStore(lock);
  private final MemoryBackendStore backends = new MemoryBackendStore(lock);
  private final MemoryApprovalStore approvals = new MemoryApprovalStore(lock);
  private final MemorySessionStore sessions = new MemorySessionStore(lock);
  private final MemoryKeyStore keys = new MemoryKeyStore(lock);
  private final MemoryDataKeyStore dataKeys = new MemoryDataKeyStore(lock);
  private final @Nullable InstantSource shared;
  private volatile @Nullable Instant lastSeen;

  /** A store of one node. */
  public MemoryStore() {
    this(null);
  }

  private MemoryStore(@Nullable InstantSource shared) {
    this.shared = shared;
  }

  /** A store of several nodes in one process, which agree on this time. */
  public static MemoryStore shared(InstantSource time) {
    return new MemoryStore(time);
  }

  @Override
  public Optional<Sharing> sharing() {
    return Optional.ofNullable(shared).map(MemorySharing::new);
  }

  private record MemorySharing(InstantSource clock) implements Sharing {
    @Override
    public Instant time() {
      return clock.instant();
    }

    @Override
    public AutoCloseable onRevocation(Runnable news) {
      return () -> {};
    }
  }

  @Override
  public ClientStore clients() {
    return clients;
  }

  @Override
  public AssertionStore assertions() {
    return assertions;
  }

  @Override
  public SignInStore signIns() {
    return signIns;
  }

  @Override
  public GrantStore grants() {
    return grants;
  }

  @Override
  public UpstreamTokenStore upstreamTokens() {
    return upstreamTokens;
  }

  @Override
  public UpstreamNameStore upstreamNames() {
    return upstreamNames;
  }

  @Override
  public BackendStore backends() {
    return backends;
  }

  @Override
  public ApprovalStore approvals() {
    return approvals;
  }

  @Override
  public SessionStore sessions() {
    return sessions;
  }

  @Override
  public KeyStore keys() {
    return keys;
  }

  @Override
  public DataKeyStore dataKeys() {
    return dataKeys;
  }

  @Override
  public RevocationFeed revocations() {
    return revocations;
  }

  @Override
  public void ping() {}

  @Override
  public Optional<Instant> lastSeen() {
    return Optional.ofNullable(lastSeen);
  }

  @Override
  public void seen(Instant now) {
    lastSeen = now;
  }

  @Override
  public void purge(Instant now) {
    assertions.purge(now);
    signIns.purge(now);
    sessions.purge(now);
    approvals.purge(now);
    backends.purge(now);
    grants.purge(now);
    revocations.purge(now);
  }

  @Override
  public void close() {}
}
