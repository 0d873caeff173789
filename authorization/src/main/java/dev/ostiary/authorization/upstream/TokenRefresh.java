package dev.ostiary.authorization.upstream;

import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.UpstreamToken;
import dev.ostiary.authorization.store.UpstreamTokenStore;
import dev.ostiary.authorization.store.UpstreamTokenStore.Lease;
import dev.ostiary.authorization.upstream.UpstreamCredentials.Refusal;
import dev.ostiary.protocol.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * One refresh, however many ask for it and on however many nodes: a refresh kills the old pair, so
 * a second one would be refused, or would kill the first one's. Who gets the lease refreshes; the
 * others look again until the version has changed, for as long as an upstream may take.
 */
final class TokenRefresh {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int LOOKS = 300;

  private final UpstreamTokens tokens;
  private final UpstreamTokenStore store;
  private final StoredUpstreamTokens.GrantEnd ending;
  private final InstantSource time;

  TokenRefresh(UpstreamTokens tokens, StoredUpstreamTokens.GrantEnd ending, InstantSource time) {
    this.tokens = tokens;
    this.store = tokens.store();
    this.ending = ending;
    this.time = time;
  }

  /** Tokens that are newer than these. */
  Result<UpstreamTokenResponse, Refusal> of(UpstreamToken stale) {
    for (int look = 0; look < LOOKS; look++) {
      Optional<UpstreamToken> current = store.find(stale.id());
      if (current.isEmpty()) {
        return Result.refused(new Refusal.SignInAgain());
      }
      if (current.get().version() != stale.version()) {
        return tokens.open(current.get());
      }
      Optional<Lease> lease = store.lease(stale.id(), stale.version(), LEASE, time.instant());
      if (lease.isPresent()) {
        return refresh(stale, lease.get());
      }
      if (!sleep(PAUSE)) {
        break;
      }
    }
    return Result.refused(new Refusal.Unavailable(Refusal.Unavailable.SOON));
  }

  private Result<UpstreamTokenResponse, Refusal> refresh(UpstreamToken stale, Lease lease) {
    boolean kept = false;
    try {
      if (!(tokens.open(stale) instanceof Result.Ok(UpstreamTokenResponse old))
          || old.refreshToken() == null) {
        return dead(stale);
      }
      return switch (tokens.upstreams().named(stale.upstream()).refresh(old)) {
        case Result.Ok<UpstreamTokenResponse, UpstreamRefusal>(UpstreamTokenResponse fresh) -> {
          kept = true;
          yield replace(stale, lease, fresh);
        }
        case Result.Refused<UpstreamTokenResponse, UpstreamRefusal>(UpstreamRefusal.Rejected _) ->
            dead(stale);
        case Result.Refused<UpstreamTokenResponse, UpstreamRefusal> _ ->
            Result.refused(new Refusal.Unavailable(Refusal.Unavailable.SOON));
      };
    } finally {
      if (!kept) {
        store.release(lease);
      }
    }
  }

  /** Both tokens change at once. If a sign-in was faster, its tokens count and these go back. */
  private Result<UpstreamTokenResponse, Refusal> replace(
      UpstreamToken stale, Lease lease, UpstreamTokenResponse fresh) {
    Sealed kept = tokens.seal(fresh, stale.upstream(), stale.user());
    if (store.replace(lease, kept, fresh.expiresAt())) {
      return Result.ok(fresh);
    }
    tokens.upstreams().named(stale.upstream()).revoke(fresh);
    return store
        .find(stale.id())
        .map(tokens::open)
        .orElseGet(() -> Result.refused(new Refusal.SignInAgain()));
  }

  /** The upstream has withdrawn them. If a sign-in has brought others meanwhile, those count. */
  private Result<UpstreamTokenResponse, Refusal> dead(UpstreamToken stale) {
    Optional<UpstreamToken> current = store.find(stale.id());
    if (current.isPresent() && current.get().version() != stale.version()) {
      return tokens.open(current.get());
    }
    Result<UpstreamTokenResponse, Refusal> ended = endGrants(stale);
    store.removeUnused(stale.id(), time.instant());
    return ended;
  }

  /** Ends every grant that rests on these tokens. */
  Result<UpstreamTokenResponse, Refusal> endGrants(UpstreamToken token) {
    Instant now = time.instant();
    store
        .grantsOn(token.id(), now)
        .forEach(grant -> ending.end(grant, EndReason.UPSTREAM_REVOKED, now));
    return Result.refused(new Refusal.SignInAgain());
  }

  private static boolean sleep(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
