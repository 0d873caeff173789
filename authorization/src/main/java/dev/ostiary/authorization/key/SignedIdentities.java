package dev.ostiary.authorization.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;

/**
 * Signs statements for backends of who calls: short-lived JWTs that anybody can verify with our JWK
 * set, of a type of their own so that none of them passes for an access token (RFC 8725 §3.11).
 */
public final class SignedIdentities {
  /** How long a statement holds. */
  public static final Duration LIFETIME = Duration.ofSeconds(60);

  private static final JOSEObjectType TYPE = new JOSEObjectType("ostiary-identity+jwt");

  private final Issuer issuer;
  private final SigningKeys keys;
  private final SecretSource secrets;

  private SignedIdentities(Issuer issuer, SigningKeys keys, SecretSource secrets) {
    this.issuer = issuer;
    this.keys = keys;
    this.secrets = secrets;
  }

  public static SignedIdentities of(Issuer issuer, SigningKeys keys, SecretSource secrets) {
    return new SignedIdentities(issuer, keys, secrets);
  }

  /**
   * States who calls. Blocks.
   *
   * @param audience the backend that it is for
   */
  public Secret sign(
      String audience, Subject subject, ClientId client, Scopes scopes, Instant now) {
    Instant issuedAt = now.truncatedTo(ChronoUnit.SECONDS);
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer.value())
            .audience(audience)
            .subject(subject.value())
            .claim(AccessTokenClaims.CLIENT, client.value())
            .claim(AccessTokenClaims.SCOPE, scopes.toWire())
            .issueTime(Date.from(issuedAt))
            .expirationTime(Date.from(issuedAt.plus(LIFETIME)))
            .jwtID(secrets.next(""))
            .build();
    SigningKey key = keys.current(now);
    var header =
        new JWSHeader.Builder(key.algorithm()).type(TYPE).keyID(key.stored().keyId()).build();
    var jwt = new SignedJWT(header, claims);
    try {
      jwt.sign(key.signer());
      return new Secret(jwt.serialize());
    } catch (JOSEException impossible) {
      throw new IllegalStateException("cannot sign with " + key.stored().keyId(), impossible);
    }
  }
}
