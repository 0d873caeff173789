package dev.ostiary.authorization.authorize.request;

import dev.ostiary.protocol.CodeChallenge;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.WireError;
import java.util.Optional;

/**
 * There is a code challenge, and it is S256 (RFC 7636 §4.3). A missing method means {@code plain}
 * there, so it is refused like {@code plain}: an observer of the request must not be able to redeem
 * the code.
 */
final class ChallengeIsS256 {
  private ChallengeIsS256() {}

  static Result<CodeChallenge, WireError> check(ReceivedRequest received) {
    Optional<String> challenge = received.first("code_challenge");
    if (challenge.isEmpty()) {
      return refused("code_challenge is missing.");
    }
    if (!received.first("code_challenge_method").orElse("plain").equals("S256")) {
      return refused("code_challenge_method must be S256.");
    }
    return CodeChallenge.parse(challenge.get())
        .map(Result::<CodeChallenge, WireError>ok)
        .orElseGet(() -> refused("code_challenge is not an S256 value."));
  }

  private static Result<CodeChallenge, WireError> refused(String description) {
    return Result.refused(new WireError(OAuthError.INVALID_REQUEST, description));
  }
}
