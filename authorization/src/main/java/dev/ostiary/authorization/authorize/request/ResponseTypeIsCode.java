package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.authorize.response.AuthorizationRefusal;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.registration.ClientMetadata;
import java.util.Optional;

/**
 * The client asks for a code and is registered for codes. There is no other response type (OAuth
 * 2.1 §10.1).
 */
final class ResponseTypeIsCode implements Step<ProvenRequest, ProvenRequest> {
  @Override
  public Result<ProvenRequest, AuthorizationRefusal> check(ProvenRequest request) {
    Optional<String> type = request.parameters().first("response_type");
    if (type.isEmpty()) {
      return request.refused(OAuthError.INVALID_REQUEST, "response_type is missing.");
    }
    if (!type.get().equals("code")) {
      return request.refused(
          OAuthError.UNSUPPORTED_RESPONSE_TYPE, "response_type is not code, the only one.");
    }
    ClientMetadata metadata = request.client().metadata();
    return metadata.grantTypes().contains("authorization_code")
            && metadata.responseTypes().contains("code")
        ? Result.ok(request)
        : request.refused(
            OAuthError.UNAUTHORIZED_CLIENT, "The client is not registered for this grant type.");
  }
}
