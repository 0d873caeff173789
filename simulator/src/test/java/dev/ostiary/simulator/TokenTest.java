package dev.ostiary.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Reply;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.token.App;
import dev.ostiary.simulator.token.TokenExpiry;
import dev.ostiary.simulator.world.Account;
import dev.ostiary.simulator.world.Account.EmailAddress;
import dev.ostiary.simulator.world.Account.Profile;
import dev.ostiary.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class TokenTest {
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private final FakeGitHub fake = FakeGitHub.approving();

  @Nested
  final class Codes {
    @Test
    void areTradedForATokenOfAnOAuthApp() {
      JsonNode tokens = fake.token("code", fake.code("scope", "repo read:org"));

      assertThat(tokens.path("access_token").stringValue()).matches("gho_[A-Za-z0-9]{36}");
      assertThat(tokens.path("token_type").stringValue()).isEqualTo("bearer");
      assertThat(tokens.path("scope").stringValue()).isEqualTo("repo,read:org");
      assertThat(tokens.propertyNames())
          .containsExactlyInAnyOrder("access_token", "scope", "token_type");
    }

    @Test
    void areTradedForATokenWithoutScopesOfAGitHubApp() {
      FakeGitHub other = FakeGitHub.approving(FakeGitHub.APP.asGitHubApp());

      JsonNode tokens = other.token("code", other.code("scope", "repo"));

      assertThat(tokens.path("access_token").stringValue()).startsWith("ghu_");
      assertThat(tokens.path("scope").stringValue()).isEmpty();
      assertThat(tokens.path("refresh_token_expires_in").intValue()).isEqualTo(15_811_200);
    }

    @Test
    void areGoodOnce() {
      String code = fake.code();
      fake.token("code", code);

      assertThat(error("code", code)).isEqualTo("bad_verification_code");
    }

    @Test
    void areGoodOnceInARaceToo() throws Exception {
      String code = fake.code();
      List<Future<JsonNode>> answers = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 32; i++) {
          answers.add(threads.submit(() -> fake.token("code", code)));
        }
      }

      int issued = 0;
      for (Future<JsonNode> answer : answers) {
        issued += answer.get().has("access_token") ? 1 : 0;
      }
      assertThat(issued).isEqualTo(1);
    }

    @Test
    void areGoodForTenMinutes() {
      String inTime = fake.code();
      String late = fake.code();
      fake.time.pass(Duration.ofMinutes(10).minusSeconds(1));
      assertThat(fake.token("code", inTime).has("access_token")).isTrue();

      fake.time.pass(Duration.ofSeconds(1));
      assertThat(error("code", late)).isEqualTo("bad_verification_code");
    }

    @Test
    void belongToOneApplication() {
      App second = App.oauth("client-2", "secret-2", "Other", FakeGitHub.CALLBACK);
      FakeGitHub both =
          FakeGitHub.of(
              SimulatorSettings.of(FakeGitHub.APP, second).with(Person.approving("octocat")));
      String code = both.code();

      Reply reply = both.tokenReply("client_id=client-2&client_secret=secret-2&code=" + code);

      assertThat(FakeGitHub.json(reply).path("error").stringValue())
          .isEqualTo("bad_verification_code");
      assertThat(both.token("code", code).has("access_token")).isTrue();
    }

    @Test
    void needTheVerifierOfTheirChallenge() {
      assertThat(error("code", challenged())).isEqualTo("bad_verification_code");
      assertThat(error("code", challenged(), "code_verifier", VERIFIER + "x"))
          .isEqualTo("bad_verification_code");
      assertThat(fake.token("code", challenged(), "code_verifier", VERIFIER).has("access_token"))
          .isTrue();
    }

    @Test
    void needTheSameRedirectUriIfAny() {
      String other = "http://127.0.0.1:9999/callback";

      assertThat(error("code", fake.code(), "redirect_uri", other))
          .isEqualTo("redirect_uri_mismatch");
      assertThat(
              fake.token("code", fake.code("redirect_uri", other), "redirect_uri", other)
                  .has("access_token"))
          .isTrue();
    }

    private String challenged() {
      return fake.code("code_challenge", CHALLENGE, "code_challenge_method", "S256");
    }
  }

  @Nested
  final class Scopes {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "user,gist,user:email | user,gist",
          "repo public_repo security_events | repo",
          "read:org admin:org write:org | admin:org",
          "repo nonsense | repo",
          "repo offline_access | repo",
          "repo repo | repo",
        })
    void areNormalized(String asked, String granted) {
      assertThat(fake.token("code", fake.code("scope", asked)).path("scope").stringValue())
          .isEqualTo(granted);
    }
  }

  @Nested
  final class Replies {
    @Test
    void areFormsUnlessJsonIsAskedFor() {
      Reply reply =
          fake.tokenReply(
              "client_id=client-1&client_secret=secret-1&code="
                  + fake.code("scope", "repo read:org"),
              "*/*");

      assertThat(reply.headers().first("Content-Type").orElseThrow())
          .startsWith("application/x-www-form-urlencoded");
      assertThat(FakeBrowser.text(reply))
          .startsWith("access_token=gho_")
          .endsWith("&scope=repo%2Cread%3Aorg&token_type=bearer");
    }

    @Test
    void areXmlIfThatIsAskedFor() {
      Reply reply =
          fake.tokenReply(
              "client_id=client-1&client_secret=secret-1&code=" + fake.code("scope", "gist"),
              "application/xml");

      assertThat(FakeBrowser.text(reply))
          .contains("<OAuth><access_token>gho_", "<scope>gist</scope>");
    }

    @Test
    void carryErrorsWithStatus200() {
      Reply reply = fake.tokenReply("client_id=client-1&client_secret=secret-1&code=wrong");

      assertThat(reply.status()).isEqualTo(200);
      assertThat(FakeGitHub.json(reply).propertyNames())
          .containsExactlyInAnyOrder("error", "error_description", "error_uri");
    }

    @Test
    void refuseWrongCredentials() {
      for (String form :
          List.of(
              "client_id=client-1&client_secret=wrong",
              "client_id=nobody&client_secret=secret-1",
              "client_id=client-1",
              "")) {
        Reply reply = fake.tokenReply(form + "&code=" + fake.code());
        assertThat(FakeGitHub.json(reply).path("error").stringValue())
            .isEqualTo("incorrect_client_credentials");
      }
    }

    @Test
    void refuseAnUnknownGrantType() {
      assertThat(error("grant_type", "password")).isEqualTo("unsupported_grant_type");
    }

    @Test
    void refuseAPersonWithoutAVerifiedAddress() {
      Account newcomer =
          new Account(
              77,
              "newcomer",
              Profile.named("New", Instant.parse("2026-01-01T00:00:00Z")),
              List.of(new EmailAddress("new@acme.example", true, false, false)));
      FakeGitHub other =
          FakeGitHub.of(
              SimulatorSettings.of(FakeGitHub.APP)
                  .with(new World(List.of(newcomer), List.of(), List.of()))
                  .with(Person.approving("newcomer")));

      assertThat(other.token("code", other.code()).path("error").stringValue())
          .isEqualTo("unverified_user_email");
    }
  }

  @Nested
  final class Limit {
    @Test
    void endsTheOldestOfElevenTokensThatAreAlike() {
      String first = fake.accessToken("repo");
      String other = fake.accessToken("gist");
      String second = fake.accessToken("repo");
      for (int i = 0; i < 8; i++) {
        fake.accessToken("repo");
      }
      assertThat(fake.get("/user", first).status()).isEqualTo(200);

      fake.accessToken("repo");

      assertThat(fake.get("/user", first).status()).isEqualTo(401);
      assertThat(fake.get("/user", second).status()).isEqualTo(200);
      assertThat(fake.get("/user", other).status()).isEqualTo(200);
    }
  }

  @Nested
  final class Expiry {
    @Test
    void comesByAskingForOfflineAccess() {
      JsonNode tokens = fake.token("code", fake.code("scope", "repo offline_access"));

      assertThat(tokens.path("expires_in").intValue()).isEqualTo(28_800);
      assertThat(tokens.path("refresh_token").stringValue()).startsWith("ghr_");
      assertThat(tokens.path("refresh_token_expires_in").intValue()).isEqualTo(15_897_600);
      assertThat(tokens.path("scope").stringValue()).isEqualTo("repo");
    }

    @Test
    void comesOrStaysAwayByTheSettingOfTheApplication() {
      FakeGitHub always = FakeGitHub.approving(FakeGitHub.APP.with(TokenExpiry.ALWAYS));
      FakeGitHub never = FakeGitHub.approving(FakeGitHub.APP.with(TokenExpiry.NEVER));

      assertThat(always.token("code", always.code()).has("refresh_token")).isTrue();
      assertThat(never.token("code", never.code("scope", "offline_access")).has("refresh_token"))
          .isFalse();
    }

    @Test
    void endsTheAccessTokenAfterEightHours() {
      String token = fake.accessToken("offline_access");
      fake.time.pass(Duration.ofHours(8).minusSeconds(1));
      assertThat(fake.get("/user", token).status()).isEqualTo(200);

      fake.time.pass(Duration.ofSeconds(1));
      assertThat(fake.get("/user", token).status()).isEqualTo(401);
    }

    @Test
    void neverComesToOtherTokens() {
      String token = fake.accessToken("repo");
      fake.time.pass(Duration.ofDays(300));

      assertThat(fake.get("/user", token).status()).isEqualTo(200);
    }
  }

  @Nested
  final class Refreshing {
    private final JsonNode old = fake.token("code", fake.code("scope", "repo offline_access"));

    @Test
    void givesANewPairAndEndsTheOldOne() {
      JsonNode renewed = refresh(old);

      assertThat(renewed.path("access_token").stringValue()).startsWith("gho_");
      assertThat(renewed.path("refresh_token")).isNotEqualTo(old.path("refresh_token"));
      assertThat(renewed.path("scope").stringValue()).isEqualTo("repo");
      assertThat(fake.get("/user", old.path("access_token").stringValue()).status()).isEqualTo(401);
      assertThat(fake.get("/user", renewed.path("access_token").stringValue()).status())
          .isEqualTo(200);
      assertThat(refresh(old).path("error").stringValue()).isEqualTo("bad_refresh_token");
    }

    @Test
    void worksAfterTheAccessTokenHasExpired() {
      fake.time.pass(Duration.ofDays(100));

      assertThat(refresh(old).has("access_token")).isTrue();
    }

    @Test
    void endsAfterSixMonthsWithoutUse() {
      fake.time.pass(Duration.ofDays(184));

      assertThat(refresh(old).path("error").stringValue()).isEqualTo("bad_refresh_token");
    }

    private JsonNode refresh(JsonNode tokens) {
      return fake.token(
          "grant_type",
          "refresh_token",
          "refresh_token",
          tokens.path("refresh_token").stringValue());
    }
  }

  private String error(String... parameters) {
    return fake.token(parameters).path("error").stringValue();
  }
}
