package dev.ostiary.embed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.embed.config.Allow;
import dev.ostiary.embed.config.HttpServer;
import dev.ostiary.embed.config.ServerEntry;
import dev.ostiary.embed.config.credential.Credential;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The signed statement that a backend gets, as a backend verifies it. */
final class SignedIdentityTest {
  private static final String PATH = "/docs/mcp";

  private final SettableTime time = new SettableTime();
  private FakeMcpServer docs;
  private AttackedOstiary ostiary;
  private FakeClient app;
  private FakeClient.Tokens tokens;

  @BeforeEach
  void start() throws IOException, GeneralSecurityException {
    docs = new FakeMcpServer(_ -> FakeMcpServer.RESULT);
    HttpServer signed =
        HttpServer.at(URI.create(docs.uri() + "?key=hidden"))
            .credential(new Credential.SignedIdentity());
    ostiary =
        AttackedOstiary.withSockets(
            time,
            config ->
                config.servers(
                    Map.of("docs", new ServerEntry(signed, PATH, new Allow.Everyone()))));
    app = ostiary.register("http://127.0.0.1:43999/callback");
    Map<String, String> request = app.request();
    request.put("resource", AttackedOstiary.URL + PATH);
    request.put("scope", "mcp");
    FakeBrowser browser = ostiary.browser();
    String callback = browser.approve(browser.open(FakeClient.url(request)));
    String answer = FakeBrowser.location(browser.open(callback));
    tokens =
        FakeClient.tokens(
            ostiary.token(app.exchange(FakeClient.answer(answer).getOrDefault("code", ""))));
  }

  @AfterEach
  void stop() {
    ostiary.close();
    docs.close();
  }

  private String statement() {
    Reply reply = ostiary.call(PATH, "Authorization", "Bearer " + tokens.access());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(docs.last().field("Authorization")).startsWith("Bearer ");
    return docs.last().field("Authorization").substring("Bearer ".length());
  }

  private static JsonNode part(String jwt, int index) {
    byte[] json = Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[index]);
    return JsonMapper.shared().readTree(new String(json, UTF_8));
  }

  @Test
  @Requirement({"A-20", "T-57"})
  void saysWhoCallsToOneServerForAMinuteAndCanBeVerifiedWithThePublishedKeys() throws Exception {
    String jwt = statement();

    assertThat(jwt).isNotEqualTo(tokens.access());
    assertThat(part(jwt, 0).path("typ").asString()).isEqualTo("ostiary-identity+jwt");
    JsonNode claims = part(jwt, 1);
    assertThat(claims.path("iss").asString()).isEqualTo(AttackedOstiary.URL);
    assertThat(claims.path("aud").asString()).isEqualTo(docs.uri().toString());
    assertThat(claims.path("sub").asString()).startsWith("github:");
    assertThat(claims.path("client_id").asString()).isEqualTo(app.id);
    assertThat(claims.path("scope").asString()).isEqualTo("mcp");
    assertThat(claims.path("jti").asString()).hasSizeGreaterThan(20);
    long now = time.instant().getEpochSecond();
    assertThat(claims.path("iat").asLong()).isEqualTo(now);
    assertThat(claims.path("exp").asLong()).isEqualTo(now + 60);
    assertThat(claims.properties()).hasSize(8);
    assertThat(isSigned(jwt)).isTrue();
  }

  private boolean isSigned(String jwt) throws Exception {
    JsonNode keys = AttackedOstiary.json(ostiary.send("GET", "/.well-known/jwks.json", ""));
    JsonNode key = keys.path("keys").path(0);
    assertThat(part(jwt, 0).path("kid")).isEqualTo(key.path("kid"));
    String[] parts = jwt.split("\\.", -1);
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initVerify(publicKey(key));
    signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
    return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
  }

  private static PublicKey publicKey(JsonNode key) throws GeneralSecurityException {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    ECPoint point = new ECPoint(number(key.path("x")), number(key.path("y")));
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
  }

  private static BigInteger number(JsonNode coordinate) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(coordinate.asString()));
  }

  @Test
  void isSignedAnewBeforeItExpires() {
    String first = statement();
    time.pass(Duration.ofSeconds(29));
    ostiary.awaitReady();
    assertThat(statement()).isEqualTo(first);
    time.pass(Duration.ofSeconds(1));
    assertThat(statement()).isNotEqualTo(first);
  }

  /** Whoever runs the backend has it, and must get nowhere with it. */
  @Test
  @Requirement("A-20")
  void opensNothingHere() {
    String jwt = statement();
    int heard = docs.heard.size();

    assertThat(ostiary.call(PATH, "Authorization", "Bearer " + jwt).status()).isEqualTo(401);
    Reply introspected =
        ostiary.send(
            "POST",
            "/introspect",
            "token=" + jwt + "&client_id=" + app.id,
            Headers.of("Content-Type", "application/x-www-form-urlencoded"));
    assertThat(FakeExchange.text(introspected)).doesNotContain("\"active\":true");
    assertThat(docs.heard).hasSize(heard);
  }
}
