package dev.ostiary.authorization.upstream;

import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.UpstreamToken;
import dev.ostiary.authorization.store.UpstreamTokenId;
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

  private final UpstreamTokenStore store;
  private final Upstreams upstreams;
  private final UpstreamTokenCodec text;
  private final GrantTerminator ending;
  private final InstantSource time;

  TokenRefresh(
      UpstreamTokenStore store,
      Upstreams upstreams,
      UpstreamTokenCodec text,
      GrantTerminator ending,
      InstantSource time) {
    this.store = store;
    this.upstreams = upstreams;
    this.text = text;
    this.ending = ending;
    this.time = time;
  }

  Optional<UpstreamToken> find(UpstreamTokenId id) {
    return store.find(id);
  }

  /** Tokens that are newer than these. */
  Result<UpstreamTokenResponse, Refusal> of(UpstreamToken stale) {
    for (int look = 0; look < LOOKS; look++) {
      Optional<UpstreamToken> current = store.find(stale.id());
      if (current.isEmpty()) {
        return Result.refused(new Refusal.SignInAgain());
      }
      if (current.get().version() != stale.version()) {
        return opened(current.get());
      }
      Optional<Lease> lease = store.lease(stale.id(), stale.version(), LEASE, time.instant());
      if (lease.isPresent()) {
        return refresh(stale, lease.get());
      }
      if (!pause()) {
        break;
      }
    }
    return Result.refused(new Refusal.Unavailable(Refusal.Unavailable.SOON));
  }

  private Result<UpstreamTokenResponse, Refusal> opened(UpstreamToken token) {
    return text.open(token)
        .<Result<UpstreamTokenResponse, Refusal>>map(Result::ok)
        .orElseGet(() -> Result.refused(new Refusal.SignInAgain()));
  }

  private Result<UpstreamTokenResponse, Refusal> refresh(UpstreamToken stale, Lease lease) {
    boolean kept = false;
    try {
      Optional<UpstreamTokenResponse> old = text.open(stale);
      if (old.isEmpty() || old.get().refreshToken() == null) {
        return dead(stale);
      }
      return switch (upstreams.named(stale.upstream()).refresh(old.get())) {
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
    Sealed kept = text.seal(fresh, stale.upstream(), stale.user());
    if (store.replace(lease, kept, fresh.expiresAt())) {
      return Result.ok(fresh);
    }
    upstreams.named(stale.upstream()).revoke(fresh);
    return store
        .find(stale.id())
        .map(this::opened)
        .orElseGet(() -> Result.refused(new Refusal.SignInAgain()));
  }

  /** The upstream has withdrawn them. If a sign-in has brought others meanwhile, those count. */
  private Result<UpstreamTokenResponse, Refusal> dead(UpstreamToken stale) {
    Optional<UpstreamToken> current = store.find(stale.id());
    if (current.isPresent() && current.get().version() != stale.version()) {
      return opened(current.get());
    }
    Instant now = time.instant();
    store
        .grantsOn(stale.id(), now)
        .forEach(grant -> ending.end(grant, EndReason.UPSTREAM_REVOKED, now));
    store.removeUnused(stale.id(), now);
    return Result.refused(new Refusal.SignInAgain());
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
