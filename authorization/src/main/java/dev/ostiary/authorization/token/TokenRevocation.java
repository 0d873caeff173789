package dev.ostiary.authorization.token;

import dev.ostiary.authorization.grant.Grants;
import dev.ostiary.authorization.grant.RevokedTokens;
import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.key.AccessTokenRefusal;
import dev.ostiary.authorization.key.AccessTokens;
import dev.ostiary.authorization.key.VerifiedAccessToken;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.RefreshToken;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds out what a token is and revokes it (RFC 7009 §2.1): with a refresh token of any generation
 * its whole grant ends, with an access token nothing else.
 */
final class TokenRevocation {
  private final GrantStore store;
  private final Grants grants;
  private final AccessTokens accessTokens;
  private final RevokedTokens revokedTokens;

  TokenRevocation(
      GrantStore store, Grants grants, AccessTokens accessTokens, RevokedTokens revokedTokens) {
    this.store = store;
    this.grants = grants;
    this.accessTokens = accessTokens;
    this.revokedTokens = revokedTokens;
  }

  /**
   * Revokes a token; one that is not known or no longer good needs nothing. Blocks.
   *
   * @param client is authenticated
   * @param request the id of the request
   * @return why it is not revoked, if so
   */
  Optional<RevocationRefusal> revoke(Secret token, ClientId client, String request, Instant now) {
    return store
        .find(RefreshHash.of(token.reveal()), now)
        .map(refreshToken -> revoke(refreshToken, client, request, now))
        .orElseGet(() -> revokeAccessToken(token, client, request, now));
  }

  private Optional<RevocationRefusal> revoke(
      RefreshToken token, ClientId client, String request, Instant now) {
    Grant grant = token.grant();
    if (!grant.client().equals(client)) {
      return Optional.of(new RevocationRefusal.TokenOfAnotherClient(grant.id()));
    }
    grants.end(grant, EndReason.REVOKED, request, now);
    return Optional.empty();
  }

  private Optional<RevocationRefusal> revokeAccessToken(
      Secret token, ClientId client, String request, Instant now) {
    return switch (accessTokens.verify(token.reveal(), now)) {
      case Result.Ok(VerifiedAccessToken good) when !good.client().equals(client) ->
          Optional.of(new RevocationRefusal.TokenOfAnotherClient(good.grant()));
      case Result.Ok(VerifiedAccessToken good) -> {
        revokedTokens.add(good, request, now);
        yield Optional.empty();
      }
      case Result.Refused(AccessTokenRefusal reason) ->
          reason == AccessTokenRefusal.UNAVAILABLE
              ? Optional.of(new RevocationRefusal.Unavailable())
              : Optional.empty();
    };
  }
}
