package dev.ostiary.authorization.token;

import dev.ostiary.authorization.limit.TokenLimits;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.protocol.GrantType;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.token.TokenResponse;

/** What one grant type does: trades something that the client has for tokens. */
interface GrantExchange {
  GrantType grantType();

  /** Trades. Blocks. */
  Result<TokenResponse, TokenRefusal> run(ClientRequest request);

  /** The grant, unless there were too many requests for it. */
  static Result<Grant, TokenRefusal> within(TokenLimits limits, Grant grant, String requestId) {
    return limits
        .take(grant.id(), requestId)
        .<Result<Grant, TokenRefusal>>map(
            tooMany -> Result.refused(new TokenRefusal.TooManyRequests(grant.id(), tooMany)))
        .orElseGet(() -> Result.ok(grant));
  }
}
