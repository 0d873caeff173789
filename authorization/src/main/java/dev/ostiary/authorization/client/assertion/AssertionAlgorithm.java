package dev.ostiary.authorization.client.assertion;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an assertion may be signed with. All are asymmetric: a verifier cannot sign, so a public key
 * can never be taken for a shared secret.
 */
enum AssertionAlgorithm {
  /** ECDSA on P-256 (RFC 7518 §3.4). */
  ES256("ES256"),
  /** RSASSA-PKCS1-v1_5 (RFC 7518 §3.3). */
  RS256("RS256"),
  /** RSASSA-PSS (RFC 7518 §3.5). */
  PS256("PS256"),
  /** Ed25519 (RFC 8037 §3.1), which has a second name since RFC 9864 §2.2. */
  ED25519("EdDSA", "Ed25519");

  /** Below, RSA is too weak (RFC 7518 §3.3); above, verifying takes our time. */
  private static final int FEWEST_RSA_BITS = 2048;

  private static final int MOST_RSA_BITS = 8192;
  private static final int MOST_EXPONENT_BITS = 64;

  private final String wire;
  private final String otherName;

  AssertionAlgorithm(String wire) {
    this(wire, wire);
  }

  AssertionAlgorithm(String wire, String otherName) {
    this.wire = wire;
    this.otherName = otherName;
  }

  static Optional<AssertionAlgorithm> parse(String name) {
    return Stream.of(values()).filter(algorithm -> algorithm.isNamed(name)).findFirst();
  }

  /** Every name of every algorithm. */
  static List<String> allNames() {
    return Stream.of(values())
        .flatMap(algorithm -> Stream.of(algorithm.wire, algorithm.otherName))
        .distinct()
        .toList();
  }

  boolean isNamed(@Nullable Algorithm algorithm) {
    return algorithm != null && isNamed(algorithm.getName());
  }

  private boolean isNamed(String name) {
    return name.equals(wire) || name.equals(otherName);
  }

  /** What verifies with this key; none if the key is of another type, on another curve, or weak. */
  Optional<JWSVerifier> verifier(JWK key) {
    try {
      return switch (this) {
        case ES256 ->
            key instanceof ECKey ec && ec.getCurve().equals(Curve.P_256)
                ? Optional.of(new ECDSAVerifier(ec))
                : Optional.empty();
        case RS256, PS256 ->
            key instanceof RSAKey rsa && isSound(rsa)
                ? Optional.of(new RSASSAVerifier(rsa))
                : Optional.empty();
        case ED25519 ->
            key instanceof OctetKeyPair pair && pair.getCurve().equals(Curve.Ed25519)
                ? Optional.of(new Ed25519Verifier(pair))
                : Optional.empty();
      };
    } catch (JOSEException unusable) {
      return Optional.empty();
    }
  }

  private static boolean isSound(RSAKey key) {
    int bits = key.getModulus().decodeToBigInteger().bitLength();
    int exponentBits = key.getPublicExponent().decodeToBigInteger().bitLength();
    return bits >= FEWEST_RSA_BITS
        && bits <= MOST_RSA_BITS
        && exponentBits > 1
        && exponentBits <= MOST_EXPONENT_BITS;
  }
}
