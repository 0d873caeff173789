package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.authorize.response.AuthorizationRefusal;
import dev.ostiary.protocol.CodeChallenge;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.Result;
import java.util.Optional;

/**
 * There is a code challenge, and it is S256 (RFC 7636 §4.3). A missing method means {@code plain}
 * there, so it is refused like {@code plain}: whoever sees the request must not be able to redeem
 * the code.
 */
final class ChallengeIsS256 implements Step<ProvenRequest, ChallengedRequest> {
  @Override
  public Result<ChallengedRequest, AuthorizationRefusal> check(ProvenRequest request) {
    Optional<String> challenge = request.parameters().first("code_challenge");
    if (challenge.isEmpty()) {
      return request.refused(OAuthError.INVALID_REQUEST, "code_challenge is missing.");
    }
    if (!request.parameters().first("code_challenge_method").orElse("plain").equals("S256")) {
      return request.refused(
          OAuthError.INVALID_REQUEST, "code_challenge_method is not S256, the only one.");
    }
    return CodeChallenge.parse(challenge.get())
        .<Result<ChallengedRequest, AuthorizationRefusal>>map(
            s256 -> Result.ok(new ChallengedRequest(request, s256)))
        .orElseGet(
            () ->
                request.refused(
                    OAuthError.INVALID_REQUEST, "code_challenge is not an S256 value."));
  }
}
