package dev.ostiary.authorization.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.token.AccessTokenRefusal;
import dev.ostiary.requirements.Requirement;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Issuer ISSUER = new Issuer("https://mcp.example.com");

  private final MemoryStore store = new MemoryStore();
  private final GrantStore grants = store.grants();
  private Sealer sealer;
  private SigningKeys keys;
  private AccessTokens tokens;
  private Grant grant;

  @BeforeEach
  void open() throws GeneralSecurityException {
    sealer = MasterKey.parse(MasterKey.generate()).sealer();
    keys = SigningKeys.open(store.keys(), sealer, SigningAlgorithm.ES256, NOW);
    tokens = tokens(ISSUER);
    grant = SampleGrant.inForce(grants, "g1", NOW);
  }

  @Test
  @Requirement({"R-35", "R-34", "R-53", "A-35"})
  void carryEverythingAProtectedResourceNeeds() throws ParseException, JOSEException {
    IssuedAccessToken issued = tokens.issue(grant, grant.scopes(), NOW);

    assertThat(issued.expiresIn()).isEqualTo(Duration.ofHours(1));
    SignedJWT jwt = SignedJWT.parse(issued.token().reveal());
    assertThat(jwt.getHeader().getType().getType()).isEqualTo("at+jwt");
    assertThat(jwt.getHeader().getKeyID())
        .isEqualTo(JWKSet.parse(keys.jwks(NOW)).getKeys().getFirst().getKeyID());
    JWTClaimsSet claims = jwt.getJWTClaimsSet();
    assertThat(claims.toJSONObject().get("aud")).isEqualTo("https://mcp.example.com/mcp");
    assertThat(claims.getIssuer()).isEqualTo("https://mcp.example.com");
    assertThat(claims.getSubject()).isEqualTo("github:583231");
    assertThat(claims.getStringClaim("client_id")).isEqualTo("oc_1");
    assertThat(claims.getStringClaim("scope")).isEqualTo("read:user repo");
    assertThat(claims.getStringClaim("grant")).isEqualTo("g1");
    assertThat(claims.getIssueTime()).isEqualTo(Date.from(NOW));
    assertThat(claims.getExpirationTime()).isEqualTo(Date.from(NOW.plusSeconds(3600)));
    assertThat(claims.toJSONObject()).hasSize(9);
  }

  @Test
  @Requirement("R-23")
  void haveIdentifiersThatCannotBeGuessed() throws ParseException {
    String one = id(tokens.issue(grant, grant.scopes(), NOW));
    String other = id(tokens.issue(grant, grant.scopes(), NOW));

    assertThat(one).isNotEqualTo(other);
    assertThat(Base64.getUrlDecoder().decode(one)).hasSize(32);
  }

  @Test
  void endWithTheirGrant() {
    Instant late = grant.expiresAt().minusSeconds(60);

    assertThat(tokens.issue(grant, grant.scopes(), late).expiresIn())
        .isEqualTo(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @EnumSource
  void areVerifiedToWhatTheyWereIssuedFor(SigningAlgorithm algorithm) {
    keys = SigningKeys.open(store.keys(), sealer, algorithm, NOW);
    tokens = tokens(ISSUER);
    String token = issue();

    VerifiedAccessToken verified = verified(token);

    assertThat(verified.subject()).isEqualTo(grant.subject());
    assertThat(verified.client()).isEqualTo(grant.client());
    assertThat(verified.grant()).isEqualTo(grant.id());
    assertThat(verified.audience()).isEqualTo(grant.resource());
    assertThat(verified.scopes()).isEqualTo(Scopes.of("read:user", "repo"));
    assertThat(verified.issuedAt()).isEqualTo(NOW);
    assertThat(verified.expiresAt()).isEqualTo(NOW.plusSeconds(3600));
  }

  @Test
  void mayHaveNoScope() {
    String token = tokens.issue(grant, Scopes.of("offline_access"), NOW).token().reveal();

    assertThat(verified(token).scopes()).isEqualTo(Scopes.none());
  }

  @Test
  @Requirement("R-35")
  void areRefusedWithoutTheirType() throws JOSEException {
    for (String type : List.of("JWT", "at+JWT+x", "dpop+jwt")) {
      var header =
          new JWSHeader.Builder(JWSAlgorithm.ES256)
              .type(new JOSEObjectType(type))
              .keyID(keys.current(NOW).stored().keyId())
              .build();
      assertThat(refusal(signed(header, claims().build()))).isEqualTo(AccessTokenRefusal.MALFORMED);
    }
  }

  @Test
  void areRefusedUnsignedOrSignedWithAPublicKey() throws JOSEException {
    assertThat(refusal(new PlainJWT(claims().build()).serialize()))
        .isEqualTo(AccessTokenRefusal.MALFORMED);
    var header =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .type(AccessTokenClaims.TYPE)
            .keyID(keys.current(NOW).stored().keyId())
            .build();
    var forged = new SignedJWT(header, claims().build());
    forged.sign(new MACSigner(keys.current(NOW).stored().publicJwk()));
    assertThat(refusal(forged.serialize())).isEqualTo(AccessTokenRefusal.BAD_SIGNATURE);
  }

  @Test
  void areRefusedWithAnAlgorithmThatTheirKeyIsNotFor() throws JOSEException {
    keys = SigningKeys.open(store.keys(), sealer, SigningAlgorithm.RS256, NOW);
    tokens = tokens(ISSUER);
    for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.RS384, JWSAlgorithm.PS256)) {
      var header =
          new JWSHeader.Builder(algorithm)
              .type(AccessTokenClaims.TYPE)
              .keyID(keys.current(NOW).stored().keyId())
              .build();
      assertThat(refusal(signed(header, claims().build())))
          .isEqualTo(AccessTokenRefusal.BAD_SIGNATURE);
    }
  }

  @Test
  void areRefusedWhenABitIsChanged() {
    String token = issue();
    int claims = token.indexOf('.') + 10;
    char other = token.charAt(claims) == 'A' ? 'B' : 'A';
    String changed = token.substring(0, claims) + other + token.substring(claims + 1);

    assertThat(refusal(changed))
        .isIn(AccessTokenRefusal.BAD_SIGNATURE, AccessTokenRefusal.MALFORMED);
    assertThat(refusal(token.substring(0, token.length() - 3) + "AAA"))
        .isEqualTo(AccessTokenRefusal.BAD_SIGNATURE);
  }

  @Test
  void areRefusedFromAnotherServersKey() {
    var elsewhere = new MemoryStore();
    var foreign =
        AccessTokens.of(
            ISSUER,
            SigningKeys.open(elsewhere.keys(), sealer, SigningAlgorithm.ES256, NOW),
            elsewhere.grants(),
            Duration.ofHours(1),
            new SecretSource());

    assertThat(refusal(foreign.issue(grant, grant.scopes(), NOW).token().reveal()))
        .isEqualTo(AccessTokenRefusal.BAD_SIGNATURE);
  }

  @Test
  @Requirement("A-37")
  void areRefusedFromAnotherIssuer() {
    String token =
        tokens(new Issuer("https://other.example.com"))
            .issue(grant, grant.scopes(), NOW)
            .token()
            .reveal();

    assertThat(refusal(token)).isEqualTo(AccessTokenRefusal.WRONG_ISSUER);
  }

  @Test
  void areRefusedWhenTheyHaveExpired() {
    String token = issue();

    assertThat(tokens.verify(token, NOW.plusSeconds(3604))).isInstanceOf(Result.Ok.class);
    assertThat(tokens.verify(token, NOW.plusSeconds(3605)))
        .isEqualTo(Result.refused(AccessTokenRefusal.EXPIRED));
  }

  @Test
  void areRefusedWhenTheirGrantHasEnded() {
    String token = issue();
    grants.end(grant.id(), EndReason.REVOKED, NOW);

    assertThat(refusal(token)).isEqualTo(AccessTokenRefusal.REVOKED);
  }

  @Test
  void areRefusedWhenTheyWereRevokedThemselves() {
    String token = issue();
    String other = issue();
    VerifiedAccessToken revoked = verified(token);
    store.revocations().revoke(revoked.id(), revoked.expiresAt(), NOW);

    assertThat(refusal(token)).isEqualTo(AccessTokenRefusal.REVOKED);
    assertThat(tokens.verify(other, NOW)).isInstanceOf(Result.Ok.class);
  }

  @Test
  void areRefusedWithoutAClaimTheyMustHave() throws JOSEException {
    JWTClaimsSet whole = claims().build();
    assertThat(tokens.verify(signed(whole), NOW)).isInstanceOf(Result.Ok.class);

    for (String claim : List.of("exp", "iat", "aud", "sub", "client_id", "jti", "grant")) {
      String token = signed(new JWTClaimsSet.Builder(whole).claim(claim, null).build());
      assertThat(refusal(token)).as(claim).isEqualTo(AccessTokenRefusal.MALFORMED);
    }
  }

  @Test
  void areRefusedForTwoAudiences() throws JOSEException {
    var two = claims().audience(List.of("https://a.example", "https://b.example")).build();

    assertThat(refusal(signed(two))).isEqualTo(AccessTokenRefusal.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "a.b", "a.b.c", "gho_16C7e42F292c6912E7710c838347Ae178B4a", "..."})
  void areRefusedWhenTheyAreSomethingElse(String token) {
    assertThat(refusal(token)).isEqualTo(AccessTokenRefusal.MALFORMED);
  }

  /** The library trims, and skips what is not base64url, so many texts would be one token. */
  @Test
  void areRefusedWithCharactersThatNoTokenHas() {
    String token = issue();
    for (String other : List.of(" " + token, token + "\n", token + "=", token + "!", "+" + token)) {
      assertThat(refusal(other)).isEqualTo(AccessTokenRefusal.MALFORMED);
    }
  }

  @Test
  void areRefusedWhenTheyAreTooLong() {
    assertThat(refusal(issue() + "A".repeat(9000))).isEqualTo(AccessTokenRefusal.MALFORMED);
  }

  private AccessTokens tokens(Issuer issuer) {
    return AccessTokens.of(issuer, keys, grants, Duration.ofHours(1), new SecretSource());
  }

  private String issue() {
    return tokens.issue(grant, grant.scopes(), NOW).token().reveal();
  }

  private VerifiedAccessToken verified(String token) {
    return switch (tokens.verify(token, NOW)) {
      case Result.Ok(VerifiedAccessToken verified) -> verified;
      case Result.Refused(AccessTokenRefusal refusal) -> throw new AssertionError(refusal);
    };
  }

  private AccessTokenRefusal refusal(String token) {
    return switch (tokens.verify(token, NOW)) {
      case Result.Ok(VerifiedAccessToken verified) -> throw new AssertionError(verified);
      case Result.Refused(AccessTokenRefusal refusal) -> refusal;
    };
  }

  private static String id(IssuedAccessToken token) throws ParseException {
    return SignedJWT.parse(token.token().reveal()).getJWTClaimsSet().getJWTID();
  }

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER.value())
        .audience(grant.resource().value())
        .subject(grant.subject().value())
        .claim("client_id", "oc_1")
        .claim("scope", "read:user")
        .claim("grant", grant.id().value())
        .jwtID("id")
        .issueTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plusSeconds(60)));
  }

  private String signed(JWTClaimsSet claims) throws JOSEException {
    SigningKey key = keys.current(NOW);
    var header =
        new JWSHeader.Builder(key.algorithm())
            .type(AccessTokenClaims.TYPE)
            .keyID(key.stored().keyId())
            .build();
    return signed(header, claims);
  }

  private String signed(JWSHeader header, JWTClaimsSet claims) throws JOSEException {
    var jwt = new SignedJWT(header, claims);
    jwt.sign(keys.current(NOW).signer());
    return jwt.serialize();
  }
}
