package dev.ostiary.authorization.store;

import dev.ostiary.protocol.Scopes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers upstream tokens: one for each upstream, user and set of granted scopes. */
public interface UpstreamTokenStore {
  /** What was kept, and what had to make room for it. */
  record Kept(UpstreamToken token, @Nullable Sealed replaced) {}

  /**
   * Keeps fresh tokens. Tokens of the same upstream, user and scopes are replaced under their id; a
   * lease on them ends.
   */
  Kept keep(
      String upstream, String user, Scopes scopes, Sealed tokens, @Nullable Instant expiresAt);

  Optional<UpstreamToken> find(UpstreamTokenId id);

  /**
   * Gives one caller the right to refresh this version, for a while. Of any number of concurrent
   * calls one gets it; the others wait and read again.
   */
  boolean lease(UpstreamTokenId id, long version, Duration time, Instant now);

  /** Replaces this version, and only this one, with fresh tokens; its lease ends. */
  boolean replace(UpstreamTokenId id, long version, Sealed tokens, @Nullable Instant expiresAt);

  /** Gives a lease on this version back unused. */
  void release(UpstreamTokenId id, long version);

  /** Removes the tokens if no grant rests on them that is in force or waits for its code. */
  Optional<UpstreamToken> removeUnused(UpstreamTokenId id, Instant now);

  /** The grants in force that rest on these tokens: when the tokens die, the caller ends them. */
  List<Grant> grantsOn(UpstreamTokenId id, Instant now);
}
