package dev.ostiary.embed;

import dev.ostiary.authorization.AuthorizationServer;
import dev.ostiary.authorization.key.AccessTokenRefusal;
import dev.ostiary.authorization.key.VerifiedAccessToken;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.gateway.token.TokenVerifier;
import dev.ostiary.gateway.token.VerifiedToken;
import dev.ostiary.protocol.Result;

/** Verifies access tokens with the authorization server in the same process. */
final class LocalTokens implements TokenVerifier {
  private final AuthorizationServer server;

  LocalTokens(AuthorizationServer server) {
    this.server = server;
  }

  @Override
  public Result<VerifiedToken, Refusal> verify(String token) {
    if (!isCurrent()) {
      return Result.refused(Refusal.UNAVAILABLE);
    }
    return switch (server.verify(token)) {
      case Result.Ok<VerifiedAccessToken, AccessTokenRefusal>(VerifiedAccessToken good) ->
          Result.ok(known(good));
      case Result.Refused<VerifiedAccessToken, AccessTokenRefusal>(AccessTokenRefusal reason) ->
          Result.refused(refusal(reason));
    };
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

  private static Refusal refusal(AccessTokenRefusal reason) {
    return switch (reason) {
      case MALFORMED -> Refusal.MALFORMED;
      case BAD_SIGNATURE -> Refusal.BAD_SIGNATURE;
      case WRONG_ISSUER -> Refusal.WRONG_ISSUER;
      case EXPIRED -> Refusal.EXPIRED;
      case REVOKED -> Refusal.REVOKED;
      case UNAVAILABLE -> Refusal.UNAVAILABLE;
    };
  }
}
