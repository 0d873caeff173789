package dev.ostiary.authorization.token;

import dev.ostiary.authorization.key.AccessTokens;
import dev.ostiary.authorization.key.IssuedAccessToken;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.model.ResourceAliases;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.upstream.UpstreamAccessTokens;
import dev.ostiary.authorization.upstream.UpstreamCredentials.Refusal;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.token.TokenResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The access tokens that clients get: ours, or the upstream's for a server that takes those. What
 * the upstream has to give is there before a code or a refresh token is spent.
 */
final class AccessTokenSupply {
  /** Clients refresh some minutes before the end, and would come again at once otherwise. */
  private static final Duration AFTER_REFRESH = Duration.ofMinutes(5);

  private final TokenDependencies with;
  private final AccessTokens minted;
  private final UpstreamAccessTokens upstream;
  private final ResourceAliases aliases;

  AccessTokenSupply(TokenDependencies with, ExchangeDependencies exchange) {
    this.with = with;
    this.minted = with.accessTokens();
    this.upstream = exchange.upstreamTokens();
    this.aliases = exchange.aliases();
  }

  /** An access token that is there, or can be made whatever happens. */
  @FunctionalInterface
  interface Supplied {
    /** The answer to the client, when the code or the refresh token is spent. */
    TokenResponse with(Grant grant, Secret refreshToken);
  }

  /** For a code. */
  Result<Supplied, TokenRefusal> first(Grant grant, ClientRequest request) {
    return of(grant, grant.scopes(), Duration.ZERO, request);
  }

  /**
   * For a refresh token.
   *
   * @param scopes of the grant, or fewer: an access token of ours has these
   */
  Result<Supplied, TokenRefusal> next(Grant grant, Scopes scopes, ClientRequest request) {
    return of(grant, scopes, AFTER_REFRESH, request);
  }

  private Result<Supplied, TokenRefusal> of(
      Grant grant, Scopes scopes, Duration wanted, ClientRequest request) {
    Optional<ProtectedServer> server =
        aliases.find(grant.resource().value()).filter(ProtectedServer::takesUpstreamTokens);
    if (server.isEmpty()) {
      return Result.ok((current, refresh) -> minted(current, scopes, refresh, request.at()));
    }
    if (!server.get().upstreams().contains(grant.subject().upstream())) {
      return ofAnotherUpstream(grant, request);
    }
    return switch (upstream.find(grant, wanted)) {
      case Result.Ok<UpstreamTokenResponse, Refusal>(UpstreamTokenResponse tokens) ->
          Result.ok((current, refresh) -> handedOut(current, tokens, refresh, request.at()));
      case Result.Refused<UpstreamTokenResponse, Refusal>(Refusal.SignInAgain _) ->
          Result.refused(new TokenRefusal.UpstreamRevoked(grant.id()));
      case Result.Refused<UpstreamTokenResponse, Refusal>(Refusal.Unavailable(Duration retry)) ->
          Result.refused(new TokenRefusal.UpstreamUndecided(grant.id(), retry));
    };
  }

  /**
   * A grant of the time before the server took tokens of this upstream. Those of another one are
   * not for clients.
   */
  private Result<Supplied, TokenRefusal> ofAnotherUpstream(Grant grant, ClientRequest request) {
    with.grants().end(grant, EndReason.UPSTREAM_REVOKED, request.requestId(), request.at());
    return Result.refused(new TokenRefusal.UpstreamRevoked(grant.id()));
  }

  private TokenResponse minted(Grant grant, Scopes scopes, Secret refresh, Instant now) {
    IssuedAccessToken token = minted.issue(grant, scopes, now);
    return new TokenResponse(token.token(), token.expiresIn(), refresh, scopes);
  }

  /** It has all scopes of the grant: nothing here can take some of them out. */
  private static TokenResponse handedOut(
      Grant grant, UpstreamTokenResponse tokens, Secret refresh, Instant now) {
    Instant end = tokens.expiresAt();
    return new TokenResponse(
        tokens.accessToken(),
        end == null ? null : Duration.between(now, end),
        refresh,
        grant.scopes());
  }
}
