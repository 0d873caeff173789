package dev.ostiary.authorization.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import dev.ostiary.authorization.store.StoredKey;
import java.text.ParseException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A signing key that is ready for use by many threads.
 *
 * @param signer null for a key that only verifies any more
 */
record SigningKey(
    StoredKey stored, JWK publicJwk, JWSVerifier verifier, @Nullable JWSSigner signer) {
  /**
   * Reads a key.
   *
   * @param signs whether it may sign, and so has to be opened
   * @throws IllegalStateException if it was sealed with another master key, or is none of ours
   */
  static SigningKey open(StoredKey stored, Sealer sealer, boolean signs) {
    try {
      JWK publicJwk = JWK.parse(stored.publicJwk());
      return new SigningKey(
          stored, publicJwk, verifier(publicJwk), signs ? signer(stored, sealer) : null);
    } catch (ParseException | JOSEException unreadable) {
      throw new IllegalStateException(
          "the signing key " + stored.keyId() + " in the store cannot be read", unreadable);
    }
  }

  /** What a new key looks like in the store. */
  static StoredKey seal(JWK jwk, Sealer sealer, Instant now) {
    return seal(jwk, sealer, now, now);
  }

  static StoredKey seal(JWK jwk, Sealer sealer, Instant now, Instant signsFrom) {
    return new StoredKey(
        jwk.getKeyID(),
        jwk.getAlgorithm().getName(),
        jwk.toPublicJWK().toJSONString(),
        sealer.seal(jwk.toJSONString(), context(jwk.getKeyID())),
        now,
        signsFrom,
        null);
  }

  JWSAlgorithm algorithm() {
    return JWSAlgorithm.parse(stored.algorithm());
  }

  boolean isPublished(Instant now) {
    Instant removeAt = stored.removeAt();
    return removeAt == null || now.isBefore(removeAt);
  }

  private static JWSSigner signer(StoredKey stored, Sealer sealer)
      throws ParseException, JOSEException {
    String jwk =
        sealer
            .open(stored.privateJwk(), context(stored.keyId()))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the signing key "
                            + stored.keyId()
                            + " in the store was sealed with another master key; bring that one"
                            + " back"));
    return new DefaultJWSSignerFactory()
        .createJWSSigner(JWK.parse(jwk), JWSAlgorithm.parse(stored.algorithm()));
  }

  private static JWSVerifier verifier(JWK publicJwk) throws JOSEException {
    return switch (publicJwk) {
      case ECKey key -> new ECDSAVerifier(key);
      case RSAKey key -> new RSASSAVerifier(key);
      default -> throw new JOSEException("a key of another type");
    };
  }

  /** What the private key is sealed as. */
  static String context(String keyId) {
    return "signing-key " + keyId;
  }
}
