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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One refresh, however many ask for it and on however many nodes: a refresh kills the old pair, so
 * a second one would be refused, or would kill the first one's. On one node, callers wait for the
 * refresh that is under way. Across nodes, a lease in the store decides; a node that does not get
 * it reads the store again after growing pauses, for as long as an upstream may take.
 */
final class TokenRefresh {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private record Version(UpstreamTokenId id, long version) {}

  private final UpstreamTokens tokens;
  private final UpstreamTokenStore store;
  private final StoredUpstreamTokens.GrantEnd ending;
  private final InstantSource time;
  private final Map<Version, CompletableFuture<Result<UpstreamTokenResponse, Refusal>>> running =
      new ConcurrentHashMap<>();

  TokenRefresh(UpstreamTokens tokens, StoredUpstreamTokens.GrantEnd ending, InstantSource time) {
    this.tokens = tokens;
    this.store = tokens.store();
    this.ending = ending;
    this.time = time;
  }

  /** Tokens that are newer than these. */
  Result<UpstreamTokenResponse, Refusal> of(UpstreamToken stale) {
    var key = new Version(stale.id(), stale.version());
    var mine = new CompletableFuture<Result<UpstreamTokenResponse, Refusal>>();
    var other = running.putIfAbsent(key, mine);
    if (other != null) {
      return join(other);
    }
    try {
      Result<UpstreamTokenResponse, Refusal> result = alone(stale);
      mine.complete(result);
      return result;
    } catch (RuntimeException | Error failure) {
      mine.completeExceptionally(failure);
      throw failure;
    } finally {
      running.remove(key, mine);
    }
  }

  private static Result<UpstreamTokenResponse, Refusal> join(
      CompletableFuture<Result<UpstreamTokenResponse, Refusal>> other) {
    try {
      return other.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException same ? same : failed;
    }
  }

  private Result<UpstreamTokenResponse, Refusal> alone(UpstreamToken stale) {
    Duration waited = Duration.ZERO;
    Duration pause = FIRST_PAUSE;
    while (true) {
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
      if (waited.compareTo(PATIENCE) >= 0 || !sleep(pause)) {
        return Result.refused(new Refusal.Unavailable(Refusal.Unavailable.SOON));
      }
      waited = waited.plus(pause);
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }
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
    tokens.upstreams().named(stale.upstream()).discard(fresh);
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
