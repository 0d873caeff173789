package dev.ostiary.gateway.token;

import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.token.AccessTokenRefusal;

/** Decides whether an access token is good, whichever authorization server issued it. Blocks. */
public interface TokenVerifier {
  /**
   * Checks everything but the audience, which is the protected resource's own matter unless the
   * verifier is for one protected resource alone.
   */
  Result<VerifiedToken, AccessTokenRefusal> verify(String token);

  /**
   * Whether what was verified earlier may still be relied on. It may not while news of grants that
   * ended cannot arrive; then every token is verified again, or is {@link
   * AccessTokenRefusal#UNAVAILABLE}.
   */
  default boolean isCurrent() {
    return true;
  }
}
