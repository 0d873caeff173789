package dev.ostiary.authorization.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.token.AccessTokenRefusal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;

/**
 * Issues and verifies access tokens: signed JWTs for one audience that carry the id of their grant
 * (RFC 9068). None is stored; a token is good as long as its grant is, unless it was revoked by
 * itself.
 */
public final class AccessTokens {

  private final Issuer issuer;
  private final SigningKeys keys;
  private final GrantStore grants;
  private final Duration lifetime;
  private final SecretSource secrets;

  private AccessTokens(
      Issuer issuer, SigningKeys keys, GrantStore grants, Duration lifetime, SecretSource secrets) {
    this.issuer = issuer;
    this.keys = keys;
    this.grants = grants;
    this.lifetime = lifetime;
    this.secrets = secrets;
  }

  public static AccessTokens of(
      Issuer issuer, SigningKeys keys, GrantStore grants, Duration lifetime, SecretSource secrets) {
    return new AccessTokens(issuer, keys, grants, lifetime, secrets);
  }

  /**
   * Issues a token that ends with its grant at the latest.
   *
   * @param scopes those of the token; {@code offline_access} is left out, since it names no right
   *     at the resource
   */
  public IssuedAccessToken issue(Grant grant, Scopes scopes, Instant now) {
    Instant issuedAt = now.truncatedTo(ChronoUnit.SECONDS);
    Instant end = issuedAt.plus(lifetime);
    Instant expiresAt = end.isBefore(grant.expiresAt()) ? end : grant.expiresAt();
    Scopes rights = scopes.minus(Scopes.OFFLINE_ACCESS);
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer.value())
            .audience(grant.resource().value())
            .subject(grant.subject().value())
            .claim(AccessTokenClaims.CLIENT, grant.client().value())
            .claim(AccessTokenClaims.SCOPE, rights.isEmpty() ? null : rights.toWire())
            .issueTime(Date.from(issuedAt))
            .expirationTime(Date.from(expiresAt))
            .jwtID(secrets.next(""))
            .claim(AccessTokenClaims.GRANT, grant.id().value())
            .build();
    return new IssuedAccessToken(
        new Secret(sign(claims, keys.current(now))), Duration.between(issuedAt, expiresAt));
  }

  /** Checks everything but the audience, and asks the store once. Blocks. */
  public Result<VerifiedAccessToken, AccessTokenRefusal> verify(String token, Instant now) {
    return AccessTokenClaims.parse(token)
        .then(jwt -> checkSignature(jwt, now))
        .then(jwt -> AccessTokenClaims.read(jwt, issuer, now))
        .then(claims -> checkGrant(claims, now));
  }

  private Result<SignedJWT, AccessTokenRefusal> checkSignature(SignedJWT jwt, Instant now) {
    String keyId = jwt.getHeader().getKeyID();
    if (keyId == null) {
      return Result.refused(AccessTokenRefusal.BAD_SIGNATURE);
    }
    try {
      Optional<SigningKey> key = keys.find(keyId, now);
      boolean good =
          key.isPresent()
              && key.get().algorithm().equals(jwt.getHeader().getAlgorithm())
              && jwt.verify(key.get().verifier());
      return good ? Result.ok(jwt) : Result.refused(AccessTokenRefusal.BAD_SIGNATURE);
    } catch (JOSEException foreign) {
      return Result.refused(AccessTokenRefusal.BAD_SIGNATURE);
    } catch (StoreUnavailable trouble) {
      return Result.refused(AccessTokenRefusal.UNAVAILABLE);
    }
  }

  private Result<VerifiedAccessToken, AccessTokenRefusal> checkGrant(
      VerifiedAccessToken token, Instant now) {
    try {
      return grants.findFor(token.grant(), token.id(), now).isPresent()
          ? Result.ok(token)
          : Result.refused(AccessTokenRefusal.REVOKED);
    } catch (StoreUnavailable trouble) {
      return Result.refused(AccessTokenRefusal.UNAVAILABLE);
    }
  }

  private static String sign(JWTClaimsSet claims, SigningKey key) {
    var header =
        new JWSHeader.Builder(key.algorithm())
            .type(AccessTokenClaims.TYPE)
            .keyID(key.stored().keyId())
            .build();
    var jwt = new SignedJWT(header, claims);
    try {
      jwt.sign(key.signer());
      return jwt.serialize();
    } catch (JOSEException impossible) {
      throw new IllegalStateException("cannot sign with " + key.stored().keyId(), impossible);
    }
  }
}
