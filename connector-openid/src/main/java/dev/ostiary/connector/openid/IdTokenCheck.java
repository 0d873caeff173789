package dev.ostiary.connector.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import com.nimbusds.openid.connect.sdk.validators.AccessTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.InvalidHashException;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.protocol.Json;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.security.Key;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Checks ID tokens (OpenID Connect Core §3.1.3.7, §3.1.3.8, §12.2): signature, then claims. */
final class IdTokenCheck {
  private static final int MOST_KEYS_TRIED = 10;

  private final Provider provider;
  private final Refusals refusals;
  private final IdTokenClaims rules;
  private final DefaultJWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();

  IdTokenCheck(Provider provider, String clientId, Refusals refusals, InstantSource time) {
    this.provider = provider;
    this.refusals = refusals;
    this.rules = new IdTokenClaims(clientId, refusals, time);
  }

  /**
   * The claims of an ID token that is good.
   *
   * @param nonce that was sent
   * @param accessToken that came with it
   */
  Result<ObjectNode, UpstreamRefusal> check(
      ProviderMetadata metadata, Secret idToken, String nonce, Secret accessToken) {
    return verified(metadata, idToken, accessToken)
        .then(claims -> rules.check(metadata.issuer(), claims))
        .then(claims -> rules.nonce(claims, nonce));
  }

  /**
   * The claims of the ID token of a refresh.
   *
   * @param before the claims of the one before
   */
  Result<ObjectNode, UpstreamRefusal> checkAgain(
      ProviderMetadata metadata, Secret idToken, ObjectNode before, Secret accessToken) {
    return verified(metadata, idToken, accessToken)
        .then(claims -> rules.check(metadata.issuer(), claims))
        .then(claims -> rules.same(claims, before));
  }

  private Result<ObjectNode, UpstreamRefusal> verified(
      ProviderMetadata metadata, Secret idToken, Secret accessToken) {
    JWT parsed;
    try {
      parsed = JWTParser.parse(idToken.reveal());
    } catch (ParseException malformed) {
      return wrong("is not a JWT");
    }
    if (parsed instanceof PlainJWT) {
      return Result.refused(refusals.algorithm("none"));
    }
    if (!(parsed instanceof SignedJWT signed)) {
      return Result.refused(refusals.encrypted("The ID token"));
    }
    JWSAlgorithm algorithm = signed.getHeader().getAlgorithm();
    Set<JWSAlgorithm> allowed = metadata.algorithms();
    if (!allowed.contains(algorithm)) {
      return Result.refused(refusals.algorithm(algorithm.getName()));
    }
    return signature(signed, allowed).then(good -> claims(good, accessToken));
  }

  /** By the keys that are known, and once more by newer ones if none of them fits. */
  private Result<SignedJWT, UpstreamRefusal> signature(SignedJWT token, Set<JWSAlgorithm> allowed) {
    return provider
        .keys()
        .then(
            known ->
                isSigned(token, known, allowed)
                    ? Result.ok(token)
                    : provider
                        .keysNewerThan(known)
                        .then(
                            newer ->
                                isSigned(token, newer, allowed)
                                    ? Result.ok(token)
                                    : wrong("is not signed by a key of the provider")));
  }

  private boolean isSigned(SignedJWT token, JWKSet keys, Set<JWSAlgorithm> allowed) {
    JWSHeader header = token.getHeader();
    try {
      JWSVerificationKeySelector<SecurityContext> selector =
          new JWSVerificationKeySelector<>(allowed, new ImmutableJWKSet<>(keys));
      List<? extends Key> fitting = selector.selectJWSKeys(header, null);
      for (Key key : fitting.subList(0, Math.min(fitting.size(), MOST_KEYS_TRIED))) {
        if (token.verify(verifiers.createJWSVerifier(header, key))) {
          return true;
        }
      }
      return false;
    } catch (JOSEException | IllegalStateException unusable) {
      return false;
    }
  }

  private Result<ObjectNode, UpstreamRefusal> claims(SignedJWT token, Secret accessToken) {
    Optional<ObjectNode> claims = Json.readObject(token.getPayload().toBytes());
    if (claims.isEmpty()) {
      return wrong("has no claims that can be read");
    }
    String hash = claims.get().path("at_hash").asString("");
    if (claims.get().has("at_hash")) {
      try {
        AccessTokenValidator.validate(
            new BearerAccessToken(accessToken.reveal()),
            token.getHeader().getAlgorithm(),
            new AccessTokenHash(hash));
      } catch (InvalidHashException | IllegalArgumentException other) {
        return wrong("belongs to another access token (at_hash)");
      }
    }
    return Result.ok(claims.get());
  }

  private static <T> Result<T, UpstreamRefusal> wrong(String what) {
    return Result.refused(new UpstreamRefusal.Unavailable("the ID token " + what));
  }
}
