package dev.ostiary.testkit;

import dev.ostiary.authorization.hash.CodeHash;
import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.protocol.CodeChallenge;
import java.time.Duration;

/** Authorization codes, for a minute from {@link SampleTime#NOW}. */
public final class SampleCode {
  public static final Duration LIFETIME = Duration.ofMinutes(1);

  /** The verifier of {@link #CODE_CHALLENGE}, from RFC 7636 appendix B. */
  public static final String CODE_VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  public static final CodeChallenge CODE_CHALLENGE =
      new CodeChallenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");

  private SampleCode() {}

  /** A code for a grant that needs no upstream token. */
  public static AuthorizationCode of(String code, String grantId) {
    return of(code, SampleGrant.of(grantId));
  }

  public static AuthorizationCode of(String code, Grant grant) {
    return new AuthorizationCode(
        CodeHash.of(code),
        grant,
        SampleClient.REDIRECT_URI,
        CODE_CHALLENGE,
        SampleTime.NOW.plus(LIFETIME));
  }
}
