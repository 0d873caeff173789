package dev.ostiary.gateway.foreign;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.protocol.Json;
import dev.ostiary.protocol.Result;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The public keys of an authorization server with which access tokens may be signed (RFC 7517). The
 * algorithm comes from the key: a token can only choose among those that its key is for, and so
 * never {@code none} or an HMAC.
 */
final class ForeignKeySet {
  private static final List<JWSAlgorithm> RSA =
      List.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512);

  private static final int LEAST_RSA_BITS = 2048;

  /** More costs too much for each token. */
  private static final int MOST_RSA_BITS = 8192;

  private final List<JWK> keys;

  private ForeignKeySet(List<JWK> keys) {
    this.keys = List.copyOf(keys);
  }

  /** Reads a JWK Set. Keys that cannot be used here are passed over (RFC 7517 §5). */
  static Result<ForeignKeySet, String> parse(byte[] json) {
    Optional<ObjectNode> document = Json.readObject(json);
    if (document.isEmpty() || !document.get().path("keys").isArray()) {
      return Result.refused("is not a JWK Set");
    }
    List<JWK> keys = new ArrayList<>();
    for (JsonNode member : document.get().path("keys")) {
      if (member.isObject()) {
        key(member.toString()).ifPresent(keys::add);
      }
    }
    return keys.isEmpty()
        ? Result.refused("has no public key for signatures by RSA (2048 to 8192 bits) or ECDSA")
        : Result.ok(new ForeignKeySet(keys));
  }

  private static Optional<JWK> key(String json) {
    try {
      JWK key = JWK.parse(json);
      return key instanceof AsymmetricJWK && isForSignatures(key) && !algorithms(key).isEmpty()
          ? Optional.of(key.toPublicJWK())
          : Optional.empty();
    } catch (ParseException | IllegalArgumentException | IllegalStateException unusable) {
      return Optional.empty();
    }
  }

  private static boolean isForSignatures(JWK key) {
    return (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
        && (key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY));
  }

  /** Those that signatures by this key may have. */
  private static List<JWSAlgorithm> algorithms(JWK key) {
    List<JWSAlgorithm> possible =
        switch (key) {
          case RSAKey rsa when rsa.size() >= LEAST_RSA_BITS && rsa.size() <= MOST_RSA_BITS -> RSA;
          case ECKey curve ->
              switch (curve.getCurve().getName()) {
                case "P-256" -> List.of(JWSAlgorithm.ES256);
                case "P-384" -> List.of(JWSAlgorithm.ES384);
                case "P-521" -> List.of(JWSAlgorithm.ES512);
                default -> List.of();
              };
          default -> List.of();
        };
    return possible.stream()
        .filter(
            algorithm ->
                key.getAlgorithm() == null
                    || key.getAlgorithm().getName().equals(algorithm.getName()))
        .toList();
  }

  /** How many there are. */
  int size() {
    return keys.size();
  }

  /** Whether a token names a key that is not here, or names none and fits none. */
  boolean lacks(JWSHeader header) {
    return keys.stream().noneMatch(key -> isMeant(key, header.getKeyID()));
  }

  /** Whether the signature is by one of the keys that the token can mean. */
  boolean verifies(SignedJWT jwt) {
    return keys.stream()
        .filter(key -> isMeant(key, jwt.getHeader().getKeyID()))
        .filter(key -> algorithms(key).contains(jwt.getHeader().getAlgorithm()))
        .anyMatch(key -> verifies(jwt, key));
  }

  private static boolean isMeant(JWK key, @Nullable String keyId) {
    return keyId == null || keyId.equals(key.getKeyID());
  }

  private static boolean verifies(SignedJWT jwt, JWK key) {
    try {
      JWSVerifier verifier =
          new DefaultJWSVerifierFactory()
              .createJWSVerifier(jwt.getHeader(), ((AsymmetricJWK) key).toPublicKey());
      return jwt.verify(verifier);
    } catch (JOSEException foreign) {
      return false;
    }
  }
}
