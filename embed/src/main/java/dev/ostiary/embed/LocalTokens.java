package dev.ostiary.embed;

import dev.ostiary.authorization.AuthorizationServer;
import dev.ostiary.authorization.key.VerifiedAccessToken;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.gateway.token.TokenVerifier;
import dev.ostiary.gateway.token.VerifiedToken;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.token.AccessTokenRefusal;

/** Verifies access tokens with the authorization server in the same process. */
final class LocalTokens implements TokenVerifier {
  private final AuthorizationServer server;

  LocalTokens(AuthorizationServer server) {
    this.server = server;
  }

  @Override
  public Result<VerifiedToken, AccessTokenRefusal> verify(String token) {
    if (!isCurrent()) {
      return Result.refused(AccessTokenRefusal.UNAVAILABLE);
    }
    return server.verify(token).map(LocalTokens::known);
  }

  @Override
  public boolean isCurrent() {
    return server.isFresh();
  }

  private static VerifiedToken known(VerifiedAccessToken token) {
    return new VerifiedToken(
        token.id(),
        new Caller(token.subject(), token.client(), token.grant(), token.scopes()),
        token.audience(),
        token.expiresAt());
  }
}
