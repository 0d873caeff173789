package dev.ostiary.authorization.store;

import java.time.Instant;

/** Everything that is remembered, by noun. Safe for use by many threads at once. */
public interface Store extends AutoCloseable {
  ClientStore clients();

  AssertionStore assertions();

  SignInStore signIns();

  GrantStore grants();

  UpstreamTokenStore upstreamTokens();

  UpstreamNameStore upstreamNames();

  ApprovalStore approvals();

  SessionStore sessions();

  KeyStore keys();

  RevocationFeed revocations();

  /** Returns when the storage answers. */
  void ping();

  /** Forgets what can have no effect any more, in small steps beside the running work. */
  void purge(Instant now);

  @Override
  void close();
}
