package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.authorize.response.AuthorizationRefusal;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.Result;

/**
 * The answer goes into the query of the redirect URI, as it does unless another mode is asked for.
 */
final class ResponseModeIsQuery implements Step<ProvenRequest, ProvenRequest> {
  @Override
  public Result<ProvenRequest, AuthorizationRefusal> check(ProvenRequest request) {
    return request.parameters().first("response_mode").orElse("query").equals("query")
        ? Result.ok(request)
        : request.refused(OAuthError.INVALID_REQUEST, "response_mode is not query, the only one.");
  }
}
