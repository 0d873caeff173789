package dev.ostiary.connector.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How Ostiary proves at a provider which client it is (OpenID Connect Core §9). */
final class ClientAuthentication {
  private static final Duration ASSERTION_LIFE = Duration.ofMinutes(1);
  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final OpenIdSettings settings;
  private final InstantSource time;

  ClientAuthentication(OpenIdSettings settings, InstantSource time) {
    this.settings = settings;
    this.time = time;
  }

  /**
   * What is sent.
   *
   * @param authorization the header; null if there is none
   */
  record Proven(@Nullable String authorization, Map<String, String> form) {
    @Override
    public String toString() {
      return form.keySet().toString();
    }
  }

  /** A form with the proof, as the provider takes it. */
  Proven prove(ProviderMetadata metadata, Map<String, String> form) {
    String clientId = settings.clientId();
    String secret = settings.clientSecret().reveal();
    Map<String, String> all = new HashMap<>(form);
    if (!settings.privateKeyJwt().reveal().isEmpty()) {
      all.put("client_id", clientId);
      all.put("client_assertion_type", ASSERTION_TYPE);
      all.put("client_assertion", assertion(metadata));
      return new Proven(null, all);
    }
    if (secret.isEmpty()) {
      all.put("client_id", clientId);
      return new Proven(null, all);
    }
    boolean inForm =
        !metadata.accepts(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            && metadata.accepts(ClientAuthenticationMethod.CLIENT_SECRET_POST);
    if (inForm) {
      all.put("client_id", clientId);
      all.put("client_secret", secret);
      return new Proven(null, all);
    }
    return new Proven(
        new ClientSecretBasic(new ClientID(clientId), new Secret(secret))
            .toHTTPAuthorizationHeader(),
        all);
  }

  /** RFC 7523 §3. */
  private String assertion(ProviderMetadata metadata) {
    Instant now = time.instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(settings.clientId())
            .subject(settings.clientId())
            .audience(
                settings.providerType().assertionForEndpoint()
                    ? metadata.tokenEndpoint().toString()
                    : metadata.issuer())
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(ASSERTION_LIFE)))
            .build();
    try {
      return sign(claims);
    } catch (JOSEException | ParseException unusable) {
      throw new IllegalStateException("the private key that was checked cannot sign", unusable);
    }
  }

  private String sign(JWTClaimsSet claims) throws JOSEException, ParseException {
    if (PrivateKeys.isJwk(settings.privateKeyJwt())) {
      JWK jwk = JWK.parse(settings.privateKeyJwt().reveal());
      JWSAlgorithm algorithm =
          jwk instanceof ECKey ec ? algorithm(ec.getCurve()) : JWSAlgorithm.RS256;
      return sign(
          claims, algorithm, jwk.getKeyID(), new DefaultJWSSignerFactory().createJWSSigner(jwk));
    }
    PrivateKey key = PrivateKeys.pem(settings.privateKeyJwt()).orElseThrow();
    if (key instanceof ECPrivateKey ec) {
      return sign(
          claims, algorithm(Curve.forECParameterSpec(ec.getParams())), null, new ECDSASigner(ec));
    }
    return sign(claims, JWSAlgorithm.RS256, null, new RSASSASigner(key));
  }

  private static JWSAlgorithm algorithm(@Nullable Curve curve) {
    if (Curve.P_384.equals(curve)) {
      return JWSAlgorithm.ES384;
    }
    return Curve.P_521.equals(curve) ? JWSAlgorithm.ES512 : JWSAlgorithm.ES256;
  }

  private static String sign(
      JWTClaimsSet claims, JWSAlgorithm algorithm, @Nullable String keyId, JWSSigner signer)
      throws JOSEException {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(keyId).build(), claims);
    jwt.sign(signer);
    return jwt.serialize();
  }
}
