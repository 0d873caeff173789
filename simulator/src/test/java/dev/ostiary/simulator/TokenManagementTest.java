package dev.ostiary.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Reply;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.token.App;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class TokenManagementTest {
  private final FakeGitHub fake = FakeGitHub.approving();
  private final String token = fake.accessToken("repo read:user");

  @Test
  void checksAToken() {
    Reply reply = fake.manage("POST", "/token", token);

    assertThat(reply.status()).isEqualTo(200);
    JsonNode json = FakeGitHub.json(reply);
    assertThat(json.path("user").path("login").stringValue()).isEqualTo("octocat");
    assertThat(json.path("scopes").values().stream().map(JsonNode::stringValue))
        .containsExactly("repo", "read:user");
    assertThat(json.path("expires_at").isNull()).isTrue();
    assertThat(FakeBrowser.text(reply)).doesNotContain(token);
  }

  @Test
  void tellsWhenATokenExpires() {
    Reply reply = fake.manage("POST", "/token", fake.accessToken("offline_access"));

    assertThat(FakeGitHub.json(reply).path("expires_at").stringValue())
        .isEqualTo("2026-11-21T17:00:00Z");
  }

  @Test
  void knowsNoInvalidToken() {
    assertThat(fake.manage("POST", "/token", "gho_wrong").status()).isEqualTo(404);
    assertThat(fake.manage("PATCH", "/token", "gho_wrong").status()).isEqualTo(422);
    assertThat(fake.manage("DELETE", "/token", "gho_wrong").status()).isEqualTo(422);
    assertThat(fake.manage("DELETE", "/grant", "gho_wrong").status()).isEqualTo(422);
  }

  @Test
  void givesATokenAnotherValue() {
    Reply reply = fake.manage("PATCH", "/token", token);

    String renewed = FakeGitHub.json(reply).path("token").stringValue();
    assertThat(fake.get("/user", token).status()).isEqualTo(401);
    assertThat(fake.get("/user", renewed).headers().first("X-OAuth-Scopes"))
        .contains("repo, read:user");
  }

  @Test
  void revokesOneToken() {
    String other = fake.accessToken("gist");

    assertThat(fake.manage("DELETE", "/token", token).status()).isEqualTo(204);

    assertThat(fake.get("/user", token).status()).isEqualTo(401);
    assertThat(fake.get("/user", other).status()).isEqualTo(200);
  }

  @Test
  void endsTheWholeGrant() {
    String other = fake.accessToken("gist");

    assertThat(fake.manage("DELETE", "/grant", token).status()).isEqualTo(204);

    assertThat(fake.get("/user", token).status()).isEqualTo(401);
    assertThat(fake.get("/user", other).status()).isEqualTo(401);
    assertThat(fake.token("code", fake.code()).path("scope").stringValue()).isEmpty();
  }

  @Test
  void refusesWrongCredentials() {
    String body = "{\"access_token\": \"" + token + "\"}";

    assertThat(fake.manage("DELETE", "/token", "wrong", body).status()).isEqualTo(401);
    assertThat(fake.api("DELETE", "/applications/client-1/token", token).status()).isEqualTo(404);
    assertThat(fake.get("/user", token).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "{\"access_token\": 7}", "{\"access_token\""})
  void refusesABodyWithoutAToken(String body) {
    Reply reply = fake.manage("POST", "/token", "secret-1", body);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(FakeGitHub.json(reply).path("errors").path(0).path("code").stringValue())
        .isEqualTo("missing_field");
  }

  @Test
  void keepsToTheTokensOfTheApplication() {
    App second = App.oauth("client-2", "secret-2", "Other", FakeGitHub.CALLBACK);
    FakeGitHub both =
        FakeGitHub.of(
            SimulatorSettings.of(FakeGitHub.APP, second).with(Person.approving("octocat")));
    Reply callback = both.browser.open("/login/oauth/authorize?client_id=client-2");
    Reply tokens =
        both.tokenReply(
            "client_id=client-2&client_secret=secret-2&code="
                + FakeBrowser.callback(callback).value("code"));
    String foreign = FakeGitHub.json(tokens).path("access_token").stringValue();

    assertThat(both.manage("POST", "/token", foreign).status()).isEqualTo(404);
    assertThat(both.manage("DELETE", "/token", foreign).status()).isEqualTo(422);
    assertThat(both.get("/user", foreign).status()).isEqualTo(200);
  }
}
