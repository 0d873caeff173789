package dev.ostiary.authorization.authorize.request;

import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.WireError;

/**
 * The answer goes into the query of the redirect URI, as it does unless another mode is asked for.
 */
final class ResponseModeIsQuery {
  private ResponseModeIsQuery() {}

  static Result<ReceivedRequest, WireError> check(ReceivedRequest received) {
    return received.first("response_mode").orElse("query").equals("query")
        ? Result.ok(received)
        : Result.refused(new WireError(OAuthError.INVALID_REQUEST, "response_mode must be query."));
  }
}
