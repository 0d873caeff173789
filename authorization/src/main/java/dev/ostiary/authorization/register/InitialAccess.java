package dev.ostiary.authorization.register;

import dev.ostiary.authorization.client.registration.RegistrationPolicy;
import dev.ostiary.authorization.hash.SecretHash;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.BearerToken;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.util.Optional;

/** Whether a request may register a client (RFC 7591 §3). */
final class InitialAccess {
  private InitialAccess() {}

  /** Why not, if it may not. */
  static Optional<RegistrationTokenRefusal> refusal(RegistrationPolicy policy, Request request) {
    Secret token = policy.initialAccessToken();
    if (token == null) {
      return Optional.empty();
    }
    return switch (BearerToken.parse(request.headers().all("Authorization"))) {
      case Result.Ok(BearerToken presented) ->
          SecretHash.of(presented.token().reveal()).equals(SecretHash.of(token.reveal()))
              ? Optional.empty()
              : Optional.of(RegistrationTokenRefusal.WRONG);
      case Result.Refused(BearerToken.Refusal refusal) ->
          Optional.of(RegistrationTokenRefusal.of(refusal));
    };
  }
}
