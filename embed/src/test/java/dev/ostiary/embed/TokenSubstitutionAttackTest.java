package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.authorization.key.DataKeys;
import dev.ostiary.authorization.store.StoredKey;
import dev.ostiary.http.Reply;
import dev.ostiary.requirements.Requirement;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on the MCP endpoint with something else than the access token that was issued for it. */
final class TokenSubstitutionAttackTest {
  private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

  private final AttackedOstiary ostiary;
  private final FakeClient app;
  private final FakeClient.Tokens tokens;
  private final SignedJWT good;
  private final ECKey ours;

  TokenSubstitutionAttackTest() throws GeneralSecurityException, ParseException {
    ostiary = new AttackedOstiary();
    app = ostiary.register("http://127.0.0.1:43999/callback");
    tokens = app.tokens();
    good = SignedJWT.parse(tokens.access());
    ours = key();
  }

  @AfterEach
  void close() {
    ostiary.close();
  }

  /** Without it every other test here would prove nothing. */
  @Test
  void whatWasIssuedAndWhatIsMadeLikeItAreAccepted() throws Exception {
    assertThat(call(tokens.access())).isEqualTo(200);
    assertThat(call(sign(ACCESS_TOKEN, good.getJWTClaimsSet()))).isEqualTo(200);
  }

  /** MCP security best practices, "Token Passthrough". */
  @Test
  @Requirement("A-20")
  void gitHubsTokenIsRefused() {
    String gitHubs =
        ostiary.github.journal().requests().stream()
            .flatMap(request -> request.headers().first("Authorization").stream())
            .filter(value -> value.contains("gho_"))
            .findFirst()
            .orElseThrow()
            .replaceFirst(".* ", "");

    assertRefused(gitHubs);
  }

  /** RFC 6750 §5.2: the other secrets that a client holds. */
  @Test
  void refreshTokensAndCodesAreRefused() {
    assertRefused(tokens.refresh());
    assertRefused(app.code());
    assertRefused(app.id);
  }

  /** RFC 9068 §2.1, RFC 8725 §3.11: an ID token, or any other JWT, that our own key has signed. */
  @ParameterizedTest
  @ValueSource(strings = {"JWT", "jwt", "logout+jwt", "dpop+jwt", "at", "at+jwt2", ""})
  @Requirement("R-35")
  void aTokenOfAnotherTypeIsRefused(String type) throws Exception {
    JOSEObjectType typ = type.isEmpty() ? null : new JOSEObjectType(type);

    assertRefused(sign(typ, good.getJWTClaimsSet()));
  }

  /** RFC 8725 §2.1, CVE-2015-9235: {@code alg: none}. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE"})
  void anUnsignedTokenIsRefused(String algorithm) {
    String payload = good.getPayload().toBase64URL().toString();
    String header =
        base64("{\"alg\":\"" + algorithm + "\",\"typ\":\"at+jwt\",\"kid\":\"" + kid() + "\"}");
    String signature = good.getSignature().toString();

    for (String last : List.of("", signature)) {
      Reply reply = bearer(header + "." + payload + "." + last);
      assertThat(reply.status()).isEqualTo(401);
    }
  }

  /** RFC 8725 §2.1, CVE-2016-10555: the public key as the secret of an HMAC. */
  @Test
  void aTokenKeyedWithThePublicKeyIsRefused() throws Exception {
    String jwk = ours.toPublicJWK().toJSONString();
    byte[] der = ours.toECPublicKey().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";
    for (byte[] secret :
        List.of(der, pem.getBytes(StandardCharsets.UTF_8), jwk.getBytes(StandardCharsets.UTF_8))) {
      JWSHeader header =
          new JWSHeader.Builder(JWSAlgorithm.HS256).type(ACCESS_TOKEN).keyID(kid()).build();
      assertRefused(sign(header, good.getJWTClaimsSet(), new MACSigner(secret)));
    }
  }

  /** RFC 8725 §3.10, CVE-2018-0114: the attacker's key under our name, its own, or in the token. */
  @Test
  void aTokenOfAForeignKeyIsRefused() throws Exception {
    ECKey foreign = new ECKeyGenerator(Curve.P_256).keyID("foreign").generate();
    JWSHeader.Builder named = new JWSHeader.Builder(JWSAlgorithm.ES256).type(ACCESS_TOKEN);
    for (JWSHeader header :
        List.of(
            named.keyID(kid()).build(),
            named.keyID("foreign").build(),
            named.keyID("../../dev/null").build(),
            named.keyID("' OR '1'='1").build(),
            named.keyID(null).build(),
            named.keyID("foreign").jwk(foreign.toPublicJWK()).build(),
            named.jwkURL(URI.create("https://evil.example/jwks.json")).build())) {
      assertRefused(sign(header, good.getJWTClaimsSet(), new ECDSASigner(foreign)));
    }
    assertThat(ostiary.github.journal().requests("GET", "/jwks.json")).isEmpty();
  }

  /** CVE-2022-21449: a signature of nothing but zeros. */
  @Test
  void anEmptyOrBrokenSignatureIsRefused() {
    String signed = tokens.access().substring(0, tokens.access().lastIndexOf('.') + 1);

    assertRefused(signed + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]));
    assertThat(bearer(signed).status()).isEqualTo(401);
    assertThat(bearer(signed.substring(0, signed.length() - 1)).status()).isEqualTo(401);
  }

  /** Claims that are changed, and claims that we would not have signed. */
  @Test
  @Requirement({"A-17", "A-18"})
  void aTokenWithOtherClaimsIsRefused() throws Exception {
    JWTClaimsSet claims = good.getJWTClaimsSet();
    String widened = claims.toString().replace("read:user", "read:user repo");
    String[] parts = tokens.access().split("\\.", -1);
    assertRefused(parts[0] + "." + base64(widened) + "." + parts[2]);

    for (Map.Entry<String, Object> change :
        Map.<String, Object>of(
                "iss",
                "https://evil.example",
                "aud",
                List.of(AttackedOstiary.SERVER, AttackedOstiary.OTHER_SERVER),
                "exp",
                Date.from(Instant.now().minusSeconds(60)),
                "grant",
                "unknown")
            .entrySet()) {
      JWTClaimsSet changed =
          new JWTClaimsSet.Builder(claims).claim(change.getKey(), change.getValue()).build();
      assertRefused(sign(ACCESS_TOKEN, changed));
    }
    for (String left : List.of("iss", "aud", "exp", "grant", "sub", "jti", "client_id")) {
      assertRefused(sign(ACCESS_TOKEN, new JWTClaimsSet.Builder(claims).claim(left, null).build()));
    }
  }

  /** RFC 6750 §2.1: one header, one token, nothing after it; seen accepted in real servers. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer %s, Bearer %s",
        "Bearer %s junk",
        "Bearer %s,",
        "Bearer %s;",
        "Bearer %s\tjunk",
        "Bearer junk %s",
        "Bearer \"%s\"",
        "Bearer token=%s"
      })
  @Requirement("A-26")
  void whatIsNotExactlyOneTokenIsMalformed(String header) {
    Reply reply = ostiary.call("/mcp", "Authorization", header.replace("%s", tokens.access()));

    assertThat(reply.status()).isEqualTo(400);
  }

  /** A proxy in front may check the first, and the server behind it use the last. */
  @Test
  @Requirement("A-26")
  void twoAuthorizationHeadersAreRefused() {
    String token = "Bearer " + tokens.access();

    for (String other : List.of(token, "Bearer other", "Basic YTpi", "")) {
      assertThat(ostiary.call("/mcp", "Authorization", token, "authorization", other).status())
          .isEqualTo(400);
      assertThat(ostiary.call("/mcp", "Authorization", other, "AUTHORIZATION", token).status())
          .isEqualTo(400);
    }
  }

  /** RFC 6750 §5.3: a token in a URL ends up in logs; a cookie is sent by any page. */
  @Test
  @Requirement({"A-16", "A-66"})
  void noOtherPlaceOpensTheEndpoint() {
    FakeBrowser signedIn = ostiary.browser();
    signedIn.signIn(app);
    String cookies =
        signedIn.cookieHeader()
            + "; access_token="
            + tokens.access()
            + "; token="
            + tokens.access();

    assertThat(signedIn.cookies).isNotEmpty();
    assertThat(ostiary.call("/mcp?access_token=" + tokens.access()).status()).isEqualTo(401);
    assertThat(ostiary.call("/mcp", "Cookie", cookies).status()).isEqualTo(401);
    assertThat(ostiary.call("/mcp", "Mcp-Session-Id", tokens.access()).status()).isEqualTo(401);
    assertThat(ostiary.call("/mcp", "Authorization", "Basic " + tokens.access()).status())
        .isEqualTo(401);
    assertThat(ostiary.call("/mcp", "X-Forwarded-Access-Token", tokens.access()).status())
        .isEqualTo(401);
  }

  private int call(String token) {
    return bearer(token).status();
  }

  private Reply bearer(String token) {
    return ostiary.call("/mcp", "Authorization", "Bearer " + token);
  }

  private void assertRefused(String token) {
    Reply reply = bearer(token);

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.headers().first("WWW-Authenticate").orElseThrow())
        .contains("error=\"invalid_token\"")
        .doesNotContain(token);
    assertThat(FakeExchange.text(reply)).doesNotContain(token);
  }

  private String kid() {
    return good.getHeader().getKeyID();
  }

  private String sign(@Nullable JOSEObjectType type, JWTClaimsSet claims) throws JOSEException {
    JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(kid());
    if (type != null) {
      header.type(type);
    }
    return sign(header.build(), claims, new ECDSASigner(ours));
  }

  private static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer)
      throws JOSEException {
    SignedJWT jwt = new SignedJWT(header, claims);
    jwt.sign(signer);
    return jwt.serialize();
  }

  /** Our own key, as nobody but the operator could have it. */
  private ECKey key() throws ParseException {
    StoredKey stored = ostiary.store.keys().all().getFirst();
    return ECKey.parse(
        DataKeys.open(ostiary.store, ostiary.key, InstantSource.system())
            .sealer()
            .open(stored.privateJwk(), "signing-key " + stored.keyId())
            .orElseThrow());
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
