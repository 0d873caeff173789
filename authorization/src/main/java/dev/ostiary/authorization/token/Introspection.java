package dev.ostiary.authorization.token;

import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.key.AccessTokens;
import dev.ostiary.authorization.key.VerifiedAccessToken;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.RefreshToken;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.token.AccessTokenRefusal;
import dev.ostiary.protocol.token.IntrospectionResponse;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds out what may be said of a token, and to whom (RFC 7662 §2.2): everything to the client it
 * was issued to, and of an access token to the resource server it is for; nothing to anybody else
 * (§4).
 */
final class Introspection {
  private final Issuer issuer;
  private final GrantStore store;
  private final AccessTokens accessTokens;
  private final Introspectors introspectors;

  Introspection(
      Issuer issuer, GrantStore store, AccessTokens accessTokens, Introspectors introspectors) {
    this.issuer = issuer;
    this.store = store;
    this.accessTokens = accessTokens;
    this.introspectors = introspectors;
  }

  /**
   * What to answer; nothing if it cannot be found out at present. Blocks.
   *
   * @param client is authenticated
   */
  Optional<IntrospectionResponse> of(Secret token, ClientId client, Instant now) {
    Optional<RefreshToken> refreshToken = store.find(RefreshHash.of(token.reveal()), now);
    return refreshToken.isPresent()
        ? Optional.of(decide(refreshToken.get(), client))
        : accessToken(token, client, now);
  }

  /** A replaced refresh token is no longer good, though it may be repeated for a while. */
  private IntrospectionResponse decide(RefreshToken token, ClientId client) {
    Grant grant = token.grant();
    if (!grant.client().equals(client) || !token.newest()) {
      return new IntrospectionResponse.Inactive();
    }
    boolean idle = token.expiresAt().isBefore(grant.expiresAt());
    return new IntrospectionResponse.RefreshToken(
        issuer,
        grant.scopes(),
        client,
        grant.userName(),
        grant.subject(),
        idle ? token.expiresAt() : grant.expiresAt());
  }

  private Optional<IntrospectionResponse> accessToken(Secret token, ClientId client, Instant now) {
    return switch (accessTokens.verify(token.reveal(), now)) {
      case Result.Ok(VerifiedAccessToken good)
          when good.client().equals(client) || introspectors.mayAsk(client, good.audience()) ->
          Optional.of(
              store
                  .find(good.grant(), now)
                  .map(grant -> active(good, grant))
                  .orElseGet(IntrospectionResponse.Inactive::new));
      case Result.Ok(VerifiedAccessToken _) -> Optional.of(new IntrospectionResponse.Inactive());
      case Result.Refused(AccessTokenRefusal reason) ->
          reason == AccessTokenRefusal.UNAVAILABLE
              ? Optional.empty()
              : Optional.of(new IntrospectionResponse.Inactive());
    };
  }

  private IntrospectionResponse active(VerifiedAccessToken token, Grant grant) {
    return new IntrospectionResponse.AccessToken(
        issuer,
        token.scopes(),
        token.client(),
        grant.userName(),
        token.subject(),
        token.audience(),
        token.id(),
        token.issuedAt(),
        token.expiresAt());
  }
}
