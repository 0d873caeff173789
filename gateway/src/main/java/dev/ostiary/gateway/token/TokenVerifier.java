package dev.ostiary.gateway.token;

import dev.ostiary.protocol.Result;

/** Decides whether an access token is good, whichever authorization server issued it. Blocks. */
public interface TokenVerifier {
  /** Checks everything but the audience, which is the protected resource's own matter. */
  Result<VerifiedToken, Refusal> verify(String token);

  /**
   * Whether what was verified earlier may still be relied on. It may not while news of grants that
   * ended cannot arrive; then every token is verified again, or is {@link Refusal#UNAVAILABLE}.
   */
  default boolean isCurrent() {
    return true;
  }

  /** Why a token is not accepted. All but the last look the same from outside. */
  enum Refusal {
    /** Not a JWT of the type {@code at+jwt}. */
    MALFORMED,
    /** Signed by a key or an algorithm that is not ours, or not over these bytes. */
    BAD_SIGNATURE,
    WRONG_ISSUER,
    EXPIRED,
    /** It was revoked, or its grant has ended. */
    REVOKED,
    /** It cannot be found out at present. */
    UNAVAILABLE
  }
}
