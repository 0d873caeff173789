package dev.ostiary.authorization.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;

/** How access tokens are signed: names as in RFC 7518 §3.1. */
public enum SigningAlgorithm {
  /** ECDSA on P-256: small and fast. */
  ES256,
  /** RSA, for protected resources that know nothing else (RFC 9068 §4). */
  RS256;

  private static final int RSA_BITS = 2048;

  /** A new key; its id is its thumbprint (RFC 7638). */
  JWK generate() {
    try {
      return switch (this) {
        case ES256 ->
            new ECKeyGenerator(Curve.P_256)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.parse(name()))
                .keyIDFromThumbprint(true)
                .generate();
        case RS256 ->
            new RSAKeyGenerator(RSA_BITS)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.parse(name()))
                .keyIDFromThumbprint(true)
                .generate();
      };
    } catch (JOSEException impossible) {
      throw new IllegalStateException("cannot make a key for " + this, impossible);
    }
  }
}
