package dev.ostiary.authorization.limit;

import dev.ostiary.authorization.model.Limit;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.GrantId;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Limits on token requests. A request that belongs to a grant counts for that grant alone, wherever
 * it comes from: addresses and client ids are shared by people who have nothing to do with each
 * other. A request that belongs to none counts for its address, and only when it is refused, so
 * that other users behind the same address keep theirs.
 */
public final class TokenLimits {
  private final KeyedRateLimiter<GrantId> grants;
  private final LimitLog log;
  private final AddressLimit refusals;

  TokenLimits(Limit token, Limit refusal, InstantSource time) {
    this.grants = new KeyedRateLimiter<>(token, time);
    this.log = new LimitLog("token requests for one grant", time);
    this.refusals = new AddressLimit("refused token requests from one address", refusal, time);
  }

  /**
   * Counts a request with a code or a refresh token of this grant.
   *
   * @param request its id
   */
  public Optional<RateLimited> take(GrantId grant, String request) {
    Optional<RateLimited> tooMany = grants.take(grant);
    if (tooMany.isPresent()) {
      log.reached("grant " + grant.value(), request);
    }
    return tooMany;
  }

  /** Counts a request that belongs to no grant and is about to be refused. */
  public Optional<RateLimited> refused(Request request) {
    return refusals.take(request);
  }
}
