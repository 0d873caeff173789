package dev.ostiary.authorization.token;

import dev.ostiary.authorization.limit.TokenLimits;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.GrantType;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.token.TokenResponse;
import java.time.Instant;

/** What one grant type does: trades something that the client has for tokens. */
interface GrantExchange {
  GrantType grantType();

  /**
   * Trades. Blocks.
   *
   * @param client is authenticated
   * @param request the id of the request
   */
  Result<TokenResponse, TokenRefusal> run(
      Parameters parameters, RegisteredClient client, String request, Instant now);

  /** The grant, unless there were too many requests for it. */
  static Result<Grant, TokenRefusal> within(TokenLimits limits, Grant grant, String request) {
    return limits
        .take(grant.id(), request)
        .<Result<Grant, TokenRefusal>>map(
            tooMany -> Result.refused(new TokenRefusal.TooManyRequests(grant.id(), tooMany)))
        .orElseGet(() -> Result.ok(grant));
  }
}
