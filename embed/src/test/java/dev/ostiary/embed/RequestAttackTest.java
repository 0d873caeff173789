package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.model.Limits;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Route;
import dev.ostiary.requirements.Requirement;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Attacks with the shape of a request: registration flooding, doubles, host names, origins. */
final class RequestAttackTest {
  private static final String LOOPBACK = "http://127.0.0.1:43999/callback";

  private final AttackedOstiary ostiary;
  private final FakeClient app;

  RequestAttackTest() throws GeneralSecurityException {
    ostiary = new AttackedOstiary();
    app = ostiary.register(LOOPBACK);
  }

  @AfterEach
  void close() {
    ostiary.close();
  }

  /** RFC 7591 §5: registration is open, so each of them must be small. */
  @Test
  void aRegistrationIsBounded() {
    String manyUris =
        IntStream.range(0, 21)
            .mapToObj(i -> "\"https://app.example.net/" + i + "\"")
            .collect(Collectors.joining(","));

    assertThat(ostiary.registration(" ".repeat(Route.FORM_LIMIT + 1)).status()).isEqualTo(413);
    for (String members :
        List.of(
            "\"redirect_uris\": [" + manyUris + "]",
            "\"redirect_uris\": [\"https://app.example.net/" + "x".repeat(2000) + "\"]",
            "\"client_name\": \"" + "x".repeat(201) + "\"",
            "\"client_uri\": \"https://app.example.net/" + "x".repeat(2000) + "\"",
            "\"scope\": \"" + "x".repeat(2001) + "\"",
            "\"x\": " + "[".repeat(5000) + "]".repeat(5000))) {
      assertThat(ostiary.registration("{" + members + "}").status()).isEqualTo(400);
    }
  }

  /** RFC 7591 §5: and there must not be too many of them. */
  @Test
  void oneAddressCannotRegisterWithoutEnd() {
    Reply last = ostiary.registration("{}");
    for (int i = 0; i < 2 * Limits.DEFAULTS.registration().burst() && last.status() == 201; i++) {
      last = ostiary.registration("{}");
    }

    assertThat(last.status()).isEqualTo(429);
    assertThat(last.headers().first("Retry-After").orElseThrow()).matches("[1-9][0-9]*");
  }

  /** OAuth 2.1 §2.4.1: secrets that are tried one after the other. */
  @Test
  @Requirement("R-19")
  void secretsCannotBeTriedWithoutEnd() {
    JsonNode registered =
        AttackedOstiary.json(ostiary.registration("{\"redirect_uris\": [\"" + LOOPBACK + "\"]}"));
    FakeClient confidential = new FakeClient(ostiary, registered, LOOPBACK);
    String guess = basic(confidential.id, "guessed");

    Reply last = ostiary.token(confidential.exchange("x"), "Authorization", guess);
    assertThat(last.status()).isEqualTo(401);
    for (int i = 0;
        i < 2 * Limits.DEFAULTS.failedSecretsOfClient().burst() && last.status() == 401;
        i++) {
      last = ostiary.token(confidential.exchange("x"), "Authorization", guess);
    }

    assertThat(last.status()).isEqualTo(429);
    assertThat(last.headers().has("Retry-After")).isTrue();
  }

  /** RFC 8259 §4: of two members of one name, one program reads the first and another the last. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"redirect_uris\": [\"https://a.example/\"], \"redirect_uris\":"
            + " [\"https://b.example/\"]}",
        "{\"client_name\": \"a\", \"client_name\": \"b\"}",
        "{\"client_name\": \"a\", \"client\\u005fname\": \"b\"}",
        "{} {}",
        "{}junk",
        "[{}]",
        "\"{}\"",
        "null",
        ""
      })
  void aRegistrationIsExactlyOneObject(String json) {
    assertThat(ostiary.registration(json).status()).isEqualTo(400);
  }

  /** CWE-352: a page can send these types without a preflight. */
  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"})
  void aRegistrationIsJson(String type) {
    assertThat(ostiary.send("POST", "/register", "{}", "Content-Type", type).status())
        .isEqualTo(400);
  }

  /** CWE-113, CVE-2021-42574: names that end a line, or read backwards. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\\r\\nSet-Cookie: a=b",
        "a\\u0000",
        "\\u202egnp.exe",
        "a\\u2066b",
        "a\\u200bb",
        "\\ud800"
      })
  void aNameHasNoInvisibleCharacters(String name) {
    assertThat(ostiary.registration("{\"client_name\": \"" + name + "\"}").status()).isEqualTo(400);
  }

  /** RFC 6749 §3.1: a check reads the first, and what follows uses the last. */
  @ParameterizedTest
  @CsvSource({
    "redirect_uri, https://evil.example/callback",
    "client_id, other",
    "code_challenge_method, plain",
    "code_challenge, other",
    "state, other",
    "scope, repo",
    "response_type, token",
    "prompt, none"
  })
  @Requirement("R-4")
  void aRepeatedParameterIsShownAndNotSent(String name, String value) {
    Map<String, String> request = app.request();
    request.putIfAbsent(name, value);
    String extra = FakeClient.encode(Map.of(name, value));

    for (String url :
        List.of(
            FakeClient.url(request) + "&" + extra,
            "/authorize?" + extra + "&" + FakeClient.encode(request))) {
      Reply page = ostiary.browser().open(url);
      assertThat(page.status()).isEqualTo(400);
      assertThat(page.headers().all("Location")).isEmpty();
    }
  }

  /** The same at the token endpoint, in a form and in JSON. */
  @Test
  @Requirement("R-4")
  void aRepeatedParameterOfTheTokenEndpointIsRefused() {
    String form = FakeClient.encode(app.exchange(app.code()));
    for (String extra : List.of("code_verifier=x", "grant_type=x", "client_id=x", "code=x")) {
      Reply reply = ostiary.send("POST", "/token", form + "&" + extra, AttackedOstiary.asForm());
      assertThat(reply.status()).isEqualTo(400);
      assertThat(AttackedOstiary.json(reply).path("error").asString()).isEqualTo("invalid_request");
    }
    String json = "{\"grant_type\": \"refresh_token\", \"grant_type\": \"authorization_code\"}";
    assertThat(ostiary.send("POST", "/token", json, "Content-Type", "application/json").status())
        .isEqualTo(400);
    assertThat(ostiary.send("POST", "/token", form, AttackedOstiary.asForm()).status())
        .isEqualTo(200);
  }

  /** RFC 6749 §2.3: two ways of authenticating at once. */
  @Test
  @Requirement("R-16")
  void twoClientAuthenticationsAreRefused() {
    JsonNode registered =
        AttackedOstiary.json(ostiary.registration("{\"redirect_uris\": [\"" + LOOPBACK + "\"]}"));
    FakeClient confidential = new FakeClient(ostiary, registered, LOOPBACK);
    String secret = registered.path("client_secret").asString();
    String basic = basic(confidential.id, secret);
    Map<String, String> exchange = confidential.exchange(confidential.code());
    Map<String, String> posted = new LinkedHashMap<>(exchange);
    posted.put("client_secret", secret);

    Reply both = ostiary.token(posted, "Authorization", basic);
    Reply twice = ostiary.token(exchange, "Authorization", basic, "authorization", basic);
    Reply once = ostiary.token(exchange, "Authorization", basic);

    assertThat(both.status()).isBetween(400, 401);
    assertThat(twice.status()).isBetween(400, 401);
    assertThat(once.status()).isEqualTo(200);
  }

  /** RFC 6750 §2.3 and CWE-598: what belongs in the content does not count in the query. */
  @Test
  void theTokenEndpointDoesNotReadTheQuery() {
    String query = FakeClient.encode(app.exchange(app.code()));

    assertThat(ostiary.send("POST", "/token?" + query, "", AttackedOstiary.asForm()).status())
        .isEqualTo(400);
    assertThat(ostiary.send("GET", "/token?" + query, "").status()).isEqualTo(405);
  }

  /** CWE-644: host header poisoning, and DNS rebinding (MCP transports, security warning). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "mcp.example.com.evil.example",
        "evil.mcp.example.com",
        "mcp.example.com@evil.example",
        "mcp.example.com:8443",
        "mcp.example.com.",
        "evil.example:443",
        "mcp.example.com, evil.example",
        ""
      })
  void anotherHostNameIsMisdirected(String host) {
    for (String path : List.of("/.well-known/oauth-authorization-server", "/authorize", "/mcp")) {
      Reply reply = ostiary.send("GET", path, "", "Host", host);
      assertThat(reply.status()).isEqualTo(421);
      assertThat(reply.headers().all("Location")).isEmpty();
    }
  }

  /** RFC 9112 §3.2: one host. */
  @Test
  void twoHostNamesAreRefused() {
    Headers two = Headers.of("Host", AttackedOstiary.HOST, "host", "evil.example");

    assertThat(ostiary.send("GET", "/.well-known/oauth-authorization-server", "", two).status())
        .isEqualTo(400);
  }

  /** RFC 8414 §3.3: metadata that follows the request names an issuer of the attacker's choice. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.well-known/oauth-authorization-server",
        "/.well-known/openid-configuration",
        "/.well-known/oauth-protected-resource/mcp",
        "/.well-known/oauth-protected-resource/docs/mcp"
      })
  @Requirement({"A-9", "R-32", "R-33"})
  void metadataFollowsNoHeader(String path) {
    String expected = FakeExchange.text(ostiary.send("GET", path, ""));
    Headers poisoned =
        Headers.of(
            "Host", "127.0.0.1:8080",
            "X-Forwarded-Host", "evil.example",
            "X-Forwarded-Proto", "http",
            "X-Forwarded-Prefix", "/evil",
            "Forwarded", "host=evil.example;proto=http",
            "X-Original-URL", "/evil",
            "Origin", "https://evil.example");

    Reply reply = ostiary.send("GET", path, "", poisoned);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(FakeExchange.text(reply))
        .isEqualTo(expected)
        .contains(AttackedOstiary.URL)
        .doesNotContain("evil")
        .doesNotContain("127.0.0.1");
  }

  /** The challenge leads to the metadata, so it must not follow the request either. */
  @Test
  @Requirement("A-3")
  void theChallengeFollowsNoHeader() {
    Reply reply =
        ostiary.call("/mcp", "Host", "127.0.0.1:8080", "X-Forwarded-Host", "evil.example");

    assertThat(reply.headers().first("WWW-Authenticate").orElseThrow())
        .contains(AttackedOstiary.URL + "/.well-known/oauth-protected-resource/mcp")
        .doesNotContain("evil");
  }

  /** MCP transports: a page that a person visits must not call, even with a good token. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "null",
        "http://mcp.example.com",
        "https://mcp.example.com.evil.example",
        "https://evil.mcp.example.com",
        "https://mcp.example.com:8443",
        "https://mcp.example.com/",
        "http://localhost:3000",
        "https://mcp.example.com, https://evil.example",
        ""
      })
  void aForeignOriginIsRefused(String origin) {
    Reply reply =
        ostiary.call("/mcp", "Authorization", "Bearer " + app.tokens().access(), "Origin", origin);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.headers().has("Access-Control-Allow-Origin")).isFalse();
  }

  /** RFC 9700 §2.6: scripts of others cannot read where people decide. */
  @ParameterizedTest
  @ValueSource(strings = {"/authorize", "/consent", "/callback"})
  @Requirement("R-7")
  void scriptsOfOthersCannotReadTheSignIn(String path) {
    for (String method : List.of("GET", "OPTIONS", "POST")) {
      Reply reply = ostiary.send(method, path, "", "Origin", "https://evil.example");
      assertThat(reply.headers().has("Access-Control-Allow-Origin")).isFalse();
    }
  }

  /** RFC 6454 and CORS: readable by all means never with cookies. */
  @ParameterizedTest
  @ValueSource(strings = {"/token", "/register", "/.well-known/oauth-authorization-server"})
  void whatScriptsMayReadIsWithoutCredentials(String path) {
    Reply reply = ostiary.send("OPTIONS", path, "", "Origin", "https://evil.example");

    assertThat(reply.headers().all("Access-Control-Allow-Origin")).containsExactly("*");
    assertThat(reply.headers().has("Access-Control-Allow-Credentials")).isFalse();
  }

  private static String basic(String id, String secret) {
    byte[] pair = (id + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
