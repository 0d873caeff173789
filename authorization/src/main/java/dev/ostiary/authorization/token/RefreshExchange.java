package dev.ostiary.authorization.token;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.model.ResourceAliases;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.RefreshToken;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.RotationPolicy;
import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.protocol.GrantType;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.token.RefreshTokenRequest;
import dev.ostiary.protocol.token.TokenResponse;
import java.time.Duration;
import java.time.Instant;

/**
 * Trades a refresh token for its successor and a new access token (OAuth 2.1 §4.3; RFC 9700
 * §4.14.2). Clients refresh in parallel and lose replies, so a repeated token gets the same
 * successor for a while; it is computed from the token, since only hashes are stored. A token whose
 * successor has been used is in the wrong hands, and the grant ends.
 */
final class RefreshExchange implements GrantExchange {
  /** What every refresh token begins with, so that scanners for lost secrets know it. */
  static final String PREFIX = "ort_";

  private final TokenDependencies with;
  private final ExchangeDependencies exchange;
  private final AccessTokenSupply supply;
  private final RotationPolicy policy;

  RefreshExchange(TokenDependencies with, ExchangeDependencies exchange) {
    this.with = with;
    this.exchange = exchange;
    this.supply = new AccessTokenSupply(with, exchange);
    this.policy =
        new RotationPolicy(exchange.lifetimes().refreshGrace(), exchange.lifetimes().refreshIdle());
  }

  @Override
  public GrantType grantType() {
    return GrantType.REFRESH_TOKEN;
  }

  @Override
  public Result<TokenResponse, TokenRefusal> run(ClientRequest request) {
    return switch (RefreshTokenRequest.parse(request.parameters())) {
      case Result.Refused(var refusal) -> Result.refused(new TokenRefusal.BadParameter(refusal));
      case Result.Ok(RefreshTokenRequest message) ->
          with.store()
              .find(RefreshHash.of(message.refreshToken().reveal()), request.at())
              .map(token -> run(request, message, token))
              .orElseGet(() -> Result.refused(new TokenRefusal.RefreshUnknown()));
    };
  }

  private Result<TokenResponse, TokenRefusal> run(
      ClientRequest request, RefreshTokenRequest message, RefreshToken token) {
    Grant grant = token.grant();
    return GrantExchange.within(exchange.limits(), grant, request.requestId())
        .then(_ -> decide(token, message, request.client(), exchange.aliases()))
        .then(scopes -> proven(grant, request, scopes))
        .then(scopes -> standing(grant, scopes))
        .then(scopes -> supply.next(grant, scopes, request))
        .then(supplied -> rotate(token, message, supplied, request));
  }

  /**
   * The scopes that the new access token has: never more than the grant's (RFC 6749 §6). What was
   * dropped as unknown when the client asked for the grant is dropped again, since clients repeat
   * themselves.
   */
  static Result<Scopes, TokenRefusal> decide(
      RefreshToken token,
      RefreshTokenRequest message,
      RegisteredClient client,
      ResourceAliases aliases) {
    Grant grant = token.grant();
    if (!grant.client().equals(client.id())) {
      return Result.refused(new TokenRefusal.RefreshOfAnotherClient(grant.id()));
    }
    if (!aliases.allMean(grant.resource(), message.resources())) {
      return Result.refused(new TokenRefusal.ResourceNotGranted(grant.id()));
    }
    Scopes held = grant.scopes();
    Scopes known = message.scopes().intersect(aliases.scopes(grant.resource()).union(held));
    if (!held.containsAll(known)) {
      return Result.refused(new TokenRefusal.ScopeNotGranted(grant.id()));
    }
    return Result.ok(
        known.minus(Scopes.OFFLINE_ACCESS).isEmpty() ? held : held.intersect(message.scopes()));
  }

  /** A grant that was made for a proven client ends when anybody could be that client. */
  private Result<Scopes, TokenRefusal> proven(Grant grant, ClientRequest request, Scopes scopes) {
    if (!grant.isWeakenedBy(request.client())) {
      return Result.ok(scopes);
    }
    with.grants().end(grant, EndReason.CLIENT_CHANGED, request.requestId(), request.at());
    return Result.refused(new TokenRefusal.ClientWeakened(grant.id()));
  }

  /**
   * A grant lives on only as long as the upstream stands behind it. While that cannot be found out,
   * nothing is spent.
   */
  private Result<Scopes, TokenRefusal> standing(Grant grant, Scopes scopes) {
    return switch (exchange.upstream().refusal(grant).orElse(null)) {
      case null -> Result.ok(scopes);
      case UpstreamCredentials.Refusal.SignInAgain _ ->
          Result.refused(new TokenRefusal.UpstreamRevoked(grant.id()));
      case UpstreamCredentials.Refusal.Unavailable(Duration retryAfter) ->
          Result.refused(new TokenRefusal.UpstreamUndecided(grant.id(), retryAfter));
    };
  }

  private Result<TokenResponse, TokenRefusal> rotate(
      RefreshToken token,
      RefreshTokenRequest message,
      AccessTokenSupply.Supplied supplied,
      ClientRequest request) {
    Instant now = request.at();
    Secret successor = successor(message.refreshToken(), token.generation());
    RefreshHash hash = RefreshHash.of(successor.reveal());
    return switch (with.store().rotate(token.hash(), hash, policy, now)) {
      case GrantStore.Rotation.Won(Grant grant) -> {
        with.audit()
            .record(
                new AuditEvent.RefreshRotated(
                    now, request.requestId(), grant.id(), grant.client()));
        yield Result.ok(supplied.with(grant, successor));
      }
      case GrantStore.Rotation.Repeated(Grant grant) -> {
        with.audit()
            .record(
                new AuditEvent.RefreshRepeated(
                    now, request.requestId(), grant.id(), grant.client()));
        yield Result.ok(supplied.with(grant, successor));
      }
      case GrantStore.Rotation.Reused(Grant grant) -> {
        with.audit()
            .record(
                new AuditEvent.RefreshReused(now, request.requestId(), grant.id(), grant.client()));
        with.grants().end(grant, EndReason.REFRESH_REUSED, request.requestId(), now);
        yield Result.refused(new TokenRefusal.RefreshReused(grant.id()));
      }
      case GrantStore.Rotation.Unknown() -> Result.refused(new TokenRefusal.RefreshUnknown());
    };
  }

  private Secret successor(Secret presented, int generation) {
    return new Secret(PREFIX + exchange.successors().of(presented.reveal() + " " + generation));
  }
}
