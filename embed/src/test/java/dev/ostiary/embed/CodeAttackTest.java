package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Reply;
import dev.ostiary.requirements.Requirement;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Attacks with codes and refresh tokens: injection, PKCE downgrade, replay, audience swap. */
final class CodeAttackTest {
  private static final String LOOPBACK = "http://127.0.0.1:43999/callback";

  private final AttackedOstiary ostiary;
  private final FakeClient app;
  private final FakeClient evil;

  CodeAttackTest() throws GeneralSecurityException {
    ostiary = new AttackedOstiary();
    app = ostiary.register(LOOPBACK);
    evil = ostiary.register(LOOPBACK);
  }

  @AfterEach
  void close() {
    ostiary.close();
  }

  /** RFC 9700 §4.5: a stolen code is brought by another client, with all that it could know. */
  @Test
  @Requirement("R-9")
  void aCodeIsOfNoUseToAnotherClient() {
    String code = app.code();
    Map<String, String> stolen = app.exchange(code);
    stolen.put("client_id", evil.id);

    assertRefused(ostiary.token(stolen), 400, "invalid_grant");
    assertRefused(ostiary.token(evil.exchange(code)), 400, "invalid_grant");
    assertThat(FakeClient.tokens(ostiary.token(app.exchange(code))).access()).isNotEmpty();
  }

  /** RFC 9700 §2.1.1: PKCE is not for public clients alone, and cannot be left out. */
  @ParameterizedTest
  @CsvSource({
    "code_challenge, ''",
    "code_challenge_method, ''",
    "code_challenge_method, plain",
    "code_challenge_method, s256",
    "code_challenge, short",
    "code_challenge, 'not base64url at all, but forty-three long !'",
    "code_challenge, AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
  })
  @Requirement({"R-3", "A-27"})
  void aRequestWithoutAProperChallengeIsRefused(String parameter, String value) {
    FakeClient confidential = confidential();
    for (FakeClient client : new FakeClient[] {app, confidential}) {
      Map<String, String> request = client.request();
      request.put(parameter, value);

      Reply reply = ostiary.browser().open(FakeClient.url(request));

      assertThat(FakeClient.answer(FakeBrowser.location(reply)))
          .containsEntry("error", "invalid_request")
          .containsEntry("iss", AttackedOstiary.URL);
    }
  }

  /** RFC 9700 §4.8: PKCE downgrade at the token endpoint. */
  @Test
  @Requirement("R-12")
  void aCodeWithoutItsVerifierIsRefused() {
    String code = app.code();
    Map<String, String> none = app.exchange(code);
    none.remove("code_verifier");
    Map<String, String> empty = app.exchange(code);
    empty.put("code_verifier", "");
    Map<String, String> challenge = app.exchange(code);
    challenge.put("code_verifier", app.verifier.challenge().value());
    challenge.put("code_challenge_method", "plain");
    Map<String, String> other = app.exchange(code);
    other.put("code_verifier", evil.verifier.value());

    assertRefused(ostiary.token(none), 400, "invalid_request");
    assertRefused(ostiary.token(empty), 400, "invalid_request");
    assertRefused(ostiary.token(challenge), 400, "invalid_grant");
    assertRefused(ostiary.token(other), 400, "invalid_grant");
    assertThat(ostiary.token(app.exchange(code)).status()).isEqualTo(200);
  }

  /** OAuth 2.1 §7.5.3: who guesses, or has seen a code in a log, cannot end a session with it. */
  @Test
  @Requirement("R-10")
  void aReplayWithSomethingWrongEndsNothing() {
    String code = app.code();
    FakeClient.Tokens tokens = FakeClient.tokens(ostiary.token(app.exchange(code)));
    Map<String, String> wrong = app.exchange(code);
    wrong.put("code_verifier", evil.verifier.value());
    Map<String, String> foreign = app.exchange(code);
    foreign.put("client_id", evil.id);

    assertRefused(ostiary.token(wrong), 400, "invalid_grant");
    assertRefused(ostiary.token(foreign), 400, "invalid_grant");

    assertThat(call(tokens)).isEqualTo(200);
    assertThat(ostiary.token(app.refresh(tokens)).status()).isEqualTo(200);
  }

  /** RFC 6749 §4.1.2: two have the code and all that belongs to it, so one of them is a thief. */
  @Test
  @Requirement("R-10")
  void aReplayWithNothingWrongEndsWhatTheCodeGave() {
    String code = app.code();
    FakeClient.Tokens tokens = FakeClient.tokens(ostiary.token(app.exchange(code)));
    assertThat(call(tokens)).isEqualTo(200);

    assertRefused(ostiary.token(app.exchange(code)), 400, "invalid_grant");

    assertThat(call(tokens)).isEqualTo(401);
    assertRefused(ostiary.token(app.refresh(tokens)), 400, "invalid_grant");
  }

  /** RFC 6749 §4.1.3, §10.6: the exchange names another redirect URI than the request did. */
  @Test
  @Requirement("R-13")
  void aCodeIsBoundToItsRedirectUri() {
    Map<String, String> exchange = app.exchange(app.code());
    exchange.put("redirect_uri", "http://127.0.0.1:50001/callback");

    assertRefused(ostiary.token(exchange), 400, "invalid_grant");
  }

  /** RFC 8707 §2.2: the audience comes from what the person agreed to. */
  @Test
  @Requirement({"R-34", "A-35"})
  void theTokenEndpointDoesNotChangeTheAudience() {
    String code = app.code();
    Map<String, String> exchange = app.exchange(code);
    exchange.put("resource", AttackedOstiary.OTHER_SERVER);
    assertRefused(ostiary.token(exchange), 400, "invalid_target");

    FakeClient.Tokens tokens = FakeClient.tokens(ostiary.token(app.exchange(code)));
    Map<String, String> refresh = app.refresh(tokens);
    refresh.put("resource", AttackedOstiary.OTHER_SERVER);
    assertRefused(ostiary.token(refresh), 400, "invalid_target");
  }

  /** MCP security best practices, "Token Passthrough": two servers of one authorization server. */
  @Test
  @Requirement("A-18")
  void aTokenForOneServerIsRefusedByTheOther() {
    FakeClient.Tokens tokens = app.tokens();

    assertThat(call(tokens)).isEqualTo(200);
    Reply other = ostiary.call("/docs/mcp", "Authorization", "Bearer " + tokens.access());
    assertThat(other.status()).isEqualTo(401);
    assertThat(other.headers().first("WWW-Authenticate").orElseThrow())
        .contains("error=\"invalid_token\"");
  }

  /** RFC 9700 §4.14: a stolen refresh token in another client's hands. */
  @Test
  @Requirement("R-21")
  void aRefreshTokenIsOfNoUseToAnotherClient() {
    FakeClient.Tokens tokens = app.tokens();

    for (int i = 0; i < 3; i++) {
      assertRefused(ostiary.token(evil.refresh(tokens)), 400, "invalid_grant");
    }

    assertThat(call(tokens)).isEqualTo(200);
    assertThat(ostiary.token(app.refresh(tokens)).status()).isEqualTo(200);
  }

  /** RFC 6749 §6: scope never grows. */
  @Test
  @Requirement("R-21")
  void aRefreshDoesNotWidenTheScope() {
    Map<String, String> refresh = app.refresh(app.tokens());
    refresh.put("scope", "read:user repo");

    assertRefused(ostiary.token(refresh), 400, "invalid_scope");
  }

  /** Seen in real servers: whatever is asked for is granted. */
  @Test
  void unknownScopesAreNotGranted() {
    Map<String, String> request = app.request();
    request.put("scope", "read:user admin:everything * openid");
    FakeBrowser victim = ostiary.browser();

    Reply page = victim.open(FakeClient.url(request));
    assertThat(FakeExchange.text(page)).doesNotContain("admin:everything");
    String end = FakeBrowser.location(victim.open(victim.approve(page)));
    String code = FakeClient.answer(end).getOrDefault("code", "");

    assertThat(FakeClient.tokens(ostiary.token(app.exchange(code))).scope()).isEqualTo("read:user");
  }

  /** Seen in real servers: a second device's sign-in ends the first device's session. */
  @Test
  void aSecondSignInOfTheSameClientLeavesTheFirstAlone() {
    FakeClient.Tokens first = app.tokens();
    FakeClient.Tokens second = app.tokens();

    assertThat(call(first)).isEqualTo(200);
    assertThat(call(second)).isEqualTo(200);
    assertThat(ostiary.token(app.refresh(first)).status()).isEqualTo(200);
    assertThat(ostiary.token(app.refresh(second)).status()).isEqualTo(200);
  }

  /** One kind of secret in the place of another. */
  @Test
  void codesAndTokensAreNotExchangedForEachOther() {
    FakeClient.Tokens tokens = app.tokens();
    FakeClient.Tokens asRefresh = new FakeClient.Tokens("", tokens.access(), "");
    FakeClient.Tokens code = new FakeClient.Tokens("", app.code(), "");

    assertRefused(ostiary.token(app.refresh(asRefresh)), 400, "invalid_grant");
    assertRefused(ostiary.token(app.refresh(code)), 400, "invalid_grant");
    assertRefused(ostiary.token(app.exchange(tokens.refresh())), 400, "invalid_grant");
  }

  /** RFC 6749 §2.3: a client with a secret is nobody without it. */
  @Test
  @Requirement("R-15")
  void aClientWithASecretMustBringIt() {
    FakeClient confidential = confidential();
    Map<String, String> without = confidential.exchange(confidential.code());
    Map<String, String> wrong = Map.copyOf(without);

    assertRefused(ostiary.token(without), 401, "invalid_client");
    assertRefused(
        ostiary.token(wrong, "Authorization", basic(confidential.id, "guessed")),
        401,
        "invalid_client");
  }

  /** Seen in real servers: a client that has registered itself gets a token without a person. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "client_credentials",
        "password",
        "urn:ietf:params:oauth:grant-type:jwt-bearer",
        "urn:ietf:params:oauth:grant-type:token-exchange",
        "urn:ietf:params:oauth:grant-type:device_code",
        "implicit"
      })
  @Requirement("R-6")
  void noOtherGrantGivesATokenWithoutAPerson(String grantType) {
    JsonNode registered = registered();
    Map<String, String> form =
        Map.of(
            "grant_type", grantType,
            "client_id", registered.path("client_id").asString(),
            "client_secret", registered.path("client_secret").asString(),
            "username", "octocat",
            "password", "octocat",
            "assertion", "a.b.c",
            "scope", "read:user");

    assertRefused(ostiary.token(form), 400, "unsupported_grant_type");
  }

  private int call(FakeClient.Tokens tokens) {
    return ostiary.call("/mcp", "Authorization", "Bearer " + tokens.access()).status();
  }

  private JsonNode registered() {
    return AttackedOstiary.json(
        ostiary.registration(
            """
            {"redirect_uris": ["http://127.0.0.1:43999/callback"],
             "token_endpoint_auth_method": "client_secret_post",
             "grant_types": ["authorization_code", "refresh_token", "client_credentials"]}
            """));
  }

  private FakeClient confidential() {
    return new FakeClient(ostiary, registered(), LOOPBACK);
  }

  private static String basic(String id, String secret) {
    byte[] pair = (id + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static void assertRefused(Reply reply, int status, String error) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(AttackedOstiary.json(reply).path("error").asString()).isEqualTo(error);
    assertThat(FakeExchange.text(reply)).doesNotContain("access_token");
  }
}
