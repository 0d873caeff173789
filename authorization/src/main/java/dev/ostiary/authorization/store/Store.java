package dev.ostiary.authorization.store;

import java.time.Instant;
import java.util.Optional;

/** Everything that is remembered, by noun. Safe for use by many threads at once. */
public interface Store extends AutoCloseable {
  ClientStore clients();

  AssertionStore assertions();

  SignInStore signIns();

  GrantStore grants();

  UpstreamTokenStore upstreamTokens();

  UpstreamNameStore upstreamNames();

  BackendStore backends();

  ApprovalStore approvals();

  SessionStore sessions();

  KeyStore keys();

  DataKeyStore dataKeys();

  RevocationFeed revocations();

  /** What it offers to several nodes; empty if it is for one. */
  default Optional<Sharing> sharing() {
    return Optional.empty();
  }

  /**
   * Returns when something has been written and is durable, in the way that a refresh is.
   *
   * @throws StoreUnavailable with the reason why a refresh would fail
   */
  void ping();

  /** What {@link #seen} was told last, or the time of the newest record if it never was. */
  Optional<Instant> lastSeen();

  /** Remembers that it is this late. */
  void seen(Instant now);

  /** Forgets what can have no effect any more, in small steps beside the running work. */
  void purge(Instant now);

  @Override
  void close();

  /** What a store offers besides when several nodes use it. */
  interface Sharing {
    /** How late it is by the clock that decides for all nodes. Blocks. */
    Instant time();

    /**
     * Has something called soon after any node has revoked something. It is a hint, which may come
     * without a cause, or not at all: the feed has to be read anyway.
     *
     * @return what ends it
     */
    AutoCloseable onRevocation(Runnable news);
  }
}
