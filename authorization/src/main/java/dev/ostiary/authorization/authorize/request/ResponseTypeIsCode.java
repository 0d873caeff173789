package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.WireError;
import dev.ostiary.protocol.registration.ClientMetadata;
import java.util.Optional;

/**
 * The client asks for a code and is registered for codes. There is no other response type (OAuth
 * 2.1 §10.1).
 */
final class ResponseTypeIsCode {
  private ResponseTypeIsCode() {}

  static Result<ReceivedRequest, WireError> check(
      ReceivedRequest received, RegisteredClient client) {
    Optional<String> type = received.first("response_type");
    if (type.isEmpty()) {
      return refused(OAuthError.INVALID_REQUEST, "response_type is missing.");
    }
    if (!type.get().equals("code")) {
      return refused(OAuthError.UNSUPPORTED_RESPONSE_TYPE, "response_type must be code.");
    }
    ClientMetadata metadata = client.metadata();
    return metadata.grantTypes().contains("authorization_code")
            && metadata.responseTypes().contains("code")
        ? Result.ok(received)
        : refused(
            OAuthError.UNAUTHORIZED_CLIENT, "The client is not registered for this grant type.");
  }

  private static Result<ReceivedRequest, WireError> refused(OAuthError error, String description) {
    return Result.refused(new WireError(error, description));
  }
}
