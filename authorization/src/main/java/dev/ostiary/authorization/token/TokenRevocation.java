package dev.ostiary.authorization.token;

import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.key.VerifiedAccessToken;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.token.AccessTokenRefusal;
import java.util.Optional;

/**
 * Finds out what a token is and revokes it (RFC 7009 §2.1): with a refresh token of any generation
 * its whole grant ends, with an access token nothing else.
 */
final class TokenRevocation {
  private final TokenDependencies with;

  TokenRevocation(TokenDependencies with) {
    this.with = with;
  }

  /**
   * Revokes a token; one that is not known or no longer good needs nothing. Blocks.
   *
   * @return why it is not revoked, if so
   */
  Optional<TokenRefusal> revoke(Secret token, ClientRequest request) {
    return with.store()
        .find(RefreshHash.of(token.reveal()), request.at())
        .map(refreshToken -> endGrant(refreshToken.grant(), request))
        .orElseGet(() -> revokeAccessToken(token, request));
  }

  private Optional<TokenRefusal> endGrant(Grant grant, ClientRequest request) {
    if (!grant.client().equals(request.clientId())) {
      return Optional.of(new TokenRefusal.TokenOfAnotherClient(grant.id()));
    }
    with.grants().end(grant, EndReason.REVOKED, request.requestId(), request.at());
    return Optional.empty();
  }

  private Optional<TokenRefusal> revokeAccessToken(Secret token, ClientRequest request) {
    return switch (with.accessTokens().verify(token.reveal(), request.at())) {
      case Result.Ok(VerifiedAccessToken good) when !good.client().equals(request.clientId()) ->
          Optional.of(new TokenRefusal.TokenOfAnotherClient(good.grant()));
      case Result.Ok(VerifiedAccessToken good) -> {
        with.revokedTokens().add(good, request.requestId(), request.at());
        yield Optional.empty();
      }
      case Result.Refused(AccessTokenRefusal reason) ->
          reason == AccessTokenRefusal.UNAVAILABLE
              ? Optional.of(new TokenRefusal.Unavailable())
              : Optional.empty();
    };
  }
}
