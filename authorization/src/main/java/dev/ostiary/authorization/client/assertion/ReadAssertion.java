package dev.ostiary.authorization.client.assertion;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.authorization.client.assertion.AssertionRefusal.Flaw;
import dev.ostiary.protocol.ClientAssertion;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.registration.ClientKeys;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An assertion whose form is right. A key that its header names or brings ({@code jwk}, {@code
 * jku}, {@code x5c}, {@code x5u}) is never looked at: only registered ones count.
 */
record ReadAssertion(SignedJWT jwt, JWTClaimsSet claims, AssertionAlgorithm algorithm) {
  private static final String MEDIA_TYPE = "application/";

  /** What an assertion is called since draft-ietf-oauth-rfc7523bis §5, and what it was before. */
  private static final Set<String> TYPES = Set.of("client-authentication+jwt", "jwt");

  static Result<ReadAssertion, Flaw> read(ClientAssertion assertion, ClientKeys registered) {
    String text = assertion.jwt().reveal();
    if (text.length() > ClientAssertion.LONGEST) {
      return Result.refused(Flaw.MALFORMED);
    }
    try {
      SignedJWT jwt = SignedJWT.parse(text);
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      return claims == null
          ? Result.refused(Flaw.MALFORMED)
          : algorithm(jwt.getHeader(), registered)
              .map(algorithm -> new ReadAssertion(jwt, claims, algorithm));
    } catch (ParseException | IllegalArgumentException malformed) {
      return Result.refused(Flaw.MALFORMED);
    }
  }

  /** Whether one of the keys made the signature. */
  boolean isSignedBy(ClientKeySet keys) {
    return verifiers(keys).stream().anyMatch(this::isSignedBy);
  }

  /** What could verify the signature. */
  List<JWSVerifier> verifiers(ClientKeySet keys) {
    return keys.verifiers(algorithm, jwt.getHeader().getKeyID());
  }

  private boolean isSignedBy(JWSVerifier verifier) {
    try {
      return jwt.verify(verifier);
    } catch (JOSEException unfit) {
      return false;
    }
  }

  private static Result<AssertionAlgorithm, Flaw> algorithm(
      JWSHeader header, ClientKeys registered) {
    if (!isAssertion(header.getType())) {
      return Result.refused(Flaw.OTHER_TYPE);
    }
    if (header.getIncludedParams().contains("crit") || !header.isBase64URLEncodePayload()) {
      return Result.refused(Flaw.CRITICAL_EXTENSION);
    }
    Optional<AssertionAlgorithm> only =
        Optional.ofNullable(registered.signingAlgorithm()).flatMap(AssertionAlgorithm::parse);
    return AssertionAlgorithm.parse(header.getAlgorithm().getName())
        .filter(algorithm -> only.isEmpty() || only.get() == algorithm)
        .map(Result::<AssertionAlgorithm, Flaw>ok)
        .orElseGet(() -> Result.refused(Flaw.ALGORITHM));
  }

  private static boolean isAssertion(@Nullable JOSEObjectType type) {
    if (type == null) {
      return true;
    }
    String name = type.getType().toLowerCase(Locale.ROOT);
    return TYPES.contains(name.startsWith(MEDIA_TYPE) ? name.substring(MEDIA_TYPE.length()) : name);
  }
}
