package dev.ostiary.simulator;

import static dev.ostiary.simulator.FakeBrowser.callback;
import static dev.ostiary.simulator.FakeBrowser.location;
import static dev.ostiary.simulator.FakeBrowser.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Reply;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.token.App;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AuthorizeTest {
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  @Nested
  final class Callbacks {
    @Test
    void bringTheCodeTheStateAndTheIssuer() {
      Reply reply = FakeGitHub.approving().authorize("scope", "repo", "state", "a b&c");

      assertThat(location(reply)).startsWith(FakeGitHub.CALLBACK + "?code=");
      assertThat(callback(reply).value("state")).isEqualTo("a b&c");
      assertThat(callback(reply).value("iss")).isEqualTo("http://127.0.0.1:9000/login/oauth");
    }

    @Test
    void leaveTheIssuerOutWhenSwitchedOff() {
      var settings =
          SimulatorSettings.of(FakeGitHub.APP).with(Person.approving("octocat")).withoutIssuer();

      Reply reply = FakeGitHub.of(settings).authorize("scope", "repo");

      assertThat(callback(reply).values().keySet()).containsExactly("code");
    }

    @Test
    void keepTheQueryOfTheRedirectUri() {
      App app = App.oauth("client-1", "secret-1", "Ostiary", "https://app.example/cb?tenant=7");

      Reply reply = FakeGitHub.approving(app).authorize();

      assertThat(location(reply)).startsWith("https://app.example/cb?tenant=7&code=");
    }

    @Test
    void nameTheIssuerThatIsOrdered() {
      FakeGitHub fake = FakeGitHub.approving();
      fake.github.faults().issuer("https://evil.example");

      assertThat(callback(fake.authorize()).value("iss")).isEqualTo("https://evil.example");
    }
  }

  @Nested
  final class Refusals {
    @Test
    void showAPageForAnUnknownApplication() {
      Reply reply = FakeGitHub.approving().browser.open("/login/oauth/authorize?client_id=nobody");

      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.headers().has("Location")).isFalse();
    }

    @Test
    void sendAForeignRedirectUriToTheRegisteredCallback() {
      Reply reply =
          FakeGitHub.approving()
              .authorize("redirect_uri", "https://evil.example/callback", "state", "s");

      assertThat(location(reply)).startsWith(FakeGitHub.CALLBACK + "?");
      assertThat(callback(reply).value("error")).isEqualTo("redirect_uri_mismatch");
      assertThat(callback(reply).value("state")).isEqualTo("s");
      assertThat(callback(reply).values()).containsKeys("error_description", "error_uri");
    }

    @Test
    void tellTheApplicationThatItIsSuspended() {
      FakeGitHub fake = FakeGitHub.approving();
      fake.github.faults().suspend("client-1");

      assertThat(callback(fake.authorize()).value("error")).isEqualTo("application_suspended");
    }

    @Test
    void comeFromAPersonWhoRefuses() {
      FakeGitHub fake = FakeGitHub.approving();
      fake.github.person(Person.refusing("octocat"));

      assertThat(callback(fake.authorize("state", "s")).values())
          .containsEntry("error", java.util.List.of("access_denied"))
          .containsEntry("state", java.util.List.of("s"))
          .doesNotContainKey("code");
    }

    @ParameterizedTest
    @CsvSource({
      CHALLENGE + ",plain",
      CHALLENGE + ",",
      ",S256",
      "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c,S256",
      "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw=cM,S256",
    })
    void meetAChallengeThatIsNotS256(
        @org.jspecify.annotations.Nullable String challenge,
        @org.jspecify.annotations.Nullable String method) {
      StringBuilder path = new StringBuilder(FakeGitHub.authorizePath());
      if (challenge != null) {
        path.append(FakeGitHub.pairs("code_challenge", challenge));
      }
      if (method != null) {
        path.append(FakeGitHub.pairs("code_challenge_method", method));
      }

      Reply reply = FakeGitHub.approving().browser.open(path.toString());

      assertThat(callback(reply).value("error")).isEqualTo("invalid_request");
    }
  }

  @Nested
  final class GrantedScopes {
    @Test
    void areTheEarlierOnesWhenTheRequestNamesNone() {
      FakeGitHub fake = FakeGitHub.approving();
      fake.code("scope", "gist");
      fake.code("scope", "read:user");

      String scope = fake.token("code", fake.code()).path("scope").stringValue();

      assertThat(Set.of(scope.split(",", -1))).containsExactlyInAnyOrder("gist", "read:user");
    }

    @Test
    void areNoneWhenTheRequestSaysSo() {
      FakeGitHub fake = FakeGitHub.approving();
      fake.code("scope", "gist");

      assertThat(fake.token("code", fake.code("scope", "")).path("scope").stringValue()).isEmpty();
    }

    @Test
    void areThoseThatThePersonIsWillingToGrant() {
      FakeGitHub fake = FakeGitHub.approving();
      fake.github.person(Person.granting("octocat", "read:user"));

      assertThat(
              fake.token("code", fake.code("scope", "repo read:user")).path("scope").stringValue())
          .isEqualTo("read:user");
    }
  }

  @Nested
  final class Pages {
    private final FakeGitHub fake = FakeGitHub.withPages();

    @Test
    void offerTheAccountsThenTheScopesThenGoBack() {
      Reply accounts = fake.authorize("scope", "repo user:email", "state", "s");
      assertThat(text(accounts))
          .contains(
              "Sign in to GitHub <b>(simulated)</b>", "Sign in as octocat", "Sign in as mona");

      Reply question = fake.browser.submit(accounts, "/session", "login", "mona");
      assertThat(text(question))
          .contains("Authorize <b>Ostiary demo</b>", "value=\"repo\" checked", "user:email")
          .contains("http://127.0.0.1:8080", "Signed in as mona");

      Reply answer = approve(question, "granted_scope", "repo", "granted_scope", "user:email");
      assertThat(callback(answer).value("state")).isEqualTo("s");
      assertThat(fake.token("code", callback(answer).value("code")).path("scope").stringValue())
          .isEqualTo("repo,user:email");
    }

    @Test
    void letThePersonGrantLess() {
      Reply answer = approve(question("scope", "repo user:email"), "granted_scope", "user:email");

      assertThat(fake.token("code", callback(answer).value("code")).path("scope").stringValue())
          .isEqualTo("user:email");
    }

    @Test
    void neverGrantMoreThanWasAskedFor() {
      Reply answer = approve(question("scope", "read:user"), "granted_scope", "repo");

      assertThat(fake.token("code", callback(answer).value("code")).path("scope").stringValue())
          .isEmpty();
    }

    @Test
    void grantEverythingWhenNothingMayBeUnticked() {
      FakeGitHub fixed =
          FakeGitHub.of(SimulatorSettings.of(FakeGitHub.APP).withoutScopeReduction());
      Reply accounts = fixed.authorize("scope", "repo");
      Reply question = fixed.browser.submit(accounts, "/session", "login", "octocat");
      assertThat(text(question)).doesNotContain("checkbox").contains("public and private");

      Reply answer = fixed.browser.submit(question, "/login/oauth/authorize", "authorize", "1");

      assertThat(fixed.token("code", callback(answer).value("code")).path("scope").stringValue())
          .isEqualTo("repo");
    }

    @Test
    void endInAccessDeniedOnCancel() {
      Reply answer = fake.browser.submit(question(), "/login/oauth/authorize", "authorize", "0");

      assertThat(callback(answer).value("error")).isEqualTo("access_denied");
    }

    @Test
    void areSkippedForWhatWasGrantedBefore() {
      approve(question("scope", "repo"), "granted_scope", "repo");

      assertThat(callback(fake.authorize("scope", "public_repo")).values()).containsKey("code");
      assertThat(callback(fake.authorize()).values()).containsKey("code");
      assertThat(text(fake.authorize("scope", "repo gist"))).contains("value=\"gist\" checked");
    }

    @Test
    void letThePersonChooseAnotherAccount() {
      approve(question("scope", "repo"), "granted_scope", "repo");

      Reply accounts = fake.authorize("scope", "repo", "prompt", "select_account");
      assertThat(text(accounts)).contains("Sign in as hubot");
      Reply question = fake.browser.submit(accounts, "/session", "login", "hubot");

      assertThat(text(question)).contains("Signed in as hubot");
    }

    @Test
    void suggestTheAccountOfTheRequest() {
      assertThat(text(fake.authorize("login", "mona"))).contains("value=\"mona\" class=\"go\"");
      assertThat(text(fake.authorize())).contains("value=\"octocat\" class=\"go\"");
    }

    @Test
    void addressNewcomersUnlessSignUpIsOff() {
      assertThat(text(fake.authorize())).contains("New to GitHub?");
      assertThat(text(fake.authorize("allow_signup", "false"))).doesNotContain("New to GitHub?");
    }

    @Test
    void refuseAFormThatIsNotTheirs() {
      Reply question = question("scope", "repo");
      fake.browser.forgetCookies();

      Reply answer = approve(question, "granted_scope", "repo");

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.headers().has("Location")).isFalse();
    }

    @Test
    void neverLeaveForAnotherSiteAfterSigningIn() {
      Reply accounts = fake.browser.open("/login?return_to=https://evil.example/");

      assertThat(text(fake.browser.submit(accounts, "/session", "login", "mona")))
          .contains("is running");
    }

    @Test
    void escapeWhatTheyShow() {
      App app = App.oauth("client-1", "secret-1", "<script>alert(1)</script>", FakeGitHub.CALLBACK);
      FakeGitHub hostile = FakeGitHub.of(SimulatorSettings.of(app));
      Reply accounts = hostile.authorize("state", "\"><script>");

      Reply question = hostile.browser.submit(accounts, "/session", "login", "octocat");

      assertThat(text(question)).doesNotContain("<script").contains("&lt;script&gt;");
    }

    @Test
    void runNoScriptAndFitIntoNoFrame() {
      Reply page = fake.authorize();

      assertThat(page.headers().first("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "frame-ancestors 'none'")
          .doesNotContain("form-action", "unsafe", "script-src");
      assertThat(page.headers().first("X-Frame-Options")).contains("DENY");
      assertThat(page.headers().first("Cache-Control")).contains("no-store");
      assertThat(page.headers().first("Set-Cookie").orElseThrow())
          .startsWith("simulated-github-9000=")
          .contains("HttpOnly", "SameSite=Lax");
      assertThat(text(page)).contains("<!DOCTYPE html>", "lang=\"en\"", "width=device-width");
    }

    private Reply question(String... parameters) {
      return fake.browser.submit(fake.authorize(parameters), "/session", "login", "octocat");
    }

    private Reply approve(Reply question, String... granted) {
      String[] chosen = java.util.Arrays.copyOf(granted, granted.length + 2);
      chosen[granted.length] = "authorize";
      chosen[granted.length + 1] = "1";
      return fake.browser.submit(question, "/login/oauth/authorize", chosen);
    }
  }
}
