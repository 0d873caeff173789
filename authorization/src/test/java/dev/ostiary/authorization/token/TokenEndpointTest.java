package dev.ostiary.authorization.token;

import static dev.ostiary.authorization.token.FakeTokenServer.CODE;
import static dev.ostiary.authorization.token.FakeTokenServer.SECRET;
import static dev.ostiary.authorization.token.FakeTokenServer.json;
import static dev.ostiary.authorization.token.FakeTokenServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ostiary.authorization.BrokenGrantStore;
import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.key.SampleGrant;
import dev.ostiary.authorization.key.VerifiedAccessToken;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.http.Access;
import dev.ostiary.http.Body;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.GrantType;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.requirements.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndpointTest {
  private final FakeTokenServer server = new FakeTokenServer();

  @Test
  @Requirement("R-7")
  void mayBeCalledByScriptsOfAnyOriginWithPostOnly() {
    assertThat(server.endpoint().route().path()).isEqualTo("/token");
    assertThat(server.endpoint().route().methods()).containsExactly("POST");
    assertThat(server.endpoint().route().crossOrigin()).isTrue();
    assertThat(server.endpoint().access()).isEqualTo(Access.CLIENT);
    assertThat(server.door.grantTypes())
        .containsExactly(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN);
  }

  @Nested
  class Parsing {
    @Test
    @Requirement("R-4")
    void refusesARepeatedParameter() {
      assertError(
          server.post("application/x-www-form-urlencoded", "grant_type=a&grant_type=a"),
          400,
          "invalid_request");
    }

    @Test
    @Requirement("R-4")
    void countsAnEmptyParameterAsAbsentAndIgnoresAnUnknownOne() {
      server.signedIn("g1", "oc_1", CODE);

      assertError(server.exchange(Map.of("grant_type", "")), 400, "invalid_request");
      assertThat(server.exchange(Map.of("redirect_uri", "", "resource", "", "x", "y")).status())
          .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "multipart/form-data", "application/xml", "x"})
    void readsNothingButFormsAndJson(String type) {
      assertError(server.post(type, "grant_type=x"), 400, "invalid_request");
    }

    @Test
    void readsJsonToo() {
      server.signedIn("g1", "oc_1", CODE);
      String body =
          """
          {"grant_type":"authorization_code","client_id":"oc_1","code":"%s","code_verifier":"%s"}
          """
              .formatted(CODE, SampleGrant.VERIFIER.value());

      assertThat(server.post("application/json; charset=utf-8", body).status()).isEqualTo(200);
      assertError(server.post("application/json", "[]"), 400, "invalid_request");
    }

    @Test
    @Requirement({"R-6", "A-27"})
    void knowsNoOtherGrantTypes() {
      for (String type : List.of("password", "client_credentials", "implicit", "x\"y")) {
        assertError(
            server.form(Map.of("grant_type", type, "client_id", "oc_1")),
            400,
            "unsupported_grant_type");
      }
    }

    @Test
    @Requirement("R-25")
    void repeatsNothingItWasSent() {
      Reply reply = server.form(Map.of("grant_type", "<\"\\\n>", "client_id", "oc_1"));

      assertThat(text(reply, "error_description")).matches("[ !#-\\[\\]-~]+");
      assertThat(text(reply, "error_description")).doesNotContain("<");
    }
  }

  @Nested
  class Authentication {
    @Test
    @Requirement({"R-15", "A-37"})
    void tellsAnUnknownClientToRegisterAnew() {
      Reply reply = server.exchange(Map.of("client_id", "oc_gone"));

      assertError(reply, 401, "invalid_client");
      assertThat(reply.headers().first("WWW-Authenticate")).contains("Basic realm=\"Ostiary\"");
    }

    @Test
    @Requirement("R-15")
    void takesAClientThatSendsBasicWithAnEmptySecretForAPublicOne() {
      server.signedIn("g1", "oc_1", CODE);
      Reply reply = server.exchange(Map.of(), "Authorization", basic("oc_1", ""));

      assertThat(reply.status()).isEqualTo(200);
      assertError(
          server.form(
              Map.of("grant_type", "authorization_code"), "Authorization", basic("oc_secret", "")),
          401,
          "invalid_client");
    }

    @Test
    void leavesAHeaderOfAnotherSchemeAlone() {
      server.signedIn("g1", "oc_1", CODE);
      Reply reply = server.exchange(Map.of(), "Authorization", "Bearer an-access-token");
      Reply unnamed =
          server.form(
              Map.of("grant_type", "authorization_code"), "Authorization", "Bearer something");

      assertThat(reply.status()).isEqualTo(200);
      assertError(unnamed, 401, "invalid_client");
      assertThat(unnamed.headers().first("WWW-Authenticate")).contains("Basic realm=\"Ostiary\"");
    }

    @Test
    @Requirement({"R-15", "R-17"})
    void challengesAClientThatUsedTheHeader() {
      Reply reply =
          server.form(
              Map.of("grant_type", "authorization_code"),
              "Authorization",
              basic("oc_secret", "wrong"));

      assertError(reply, 401, "invalid_client");
      assertThat(reply.headers().first("WWW-Authenticate")).contains("Basic realm=\"Ostiary\"");
    }

    @Test
    @Requirement({"R-15", "R-18"})
    void challengesAClientThatUsedTheForm() {
      Reply reply = server.exchange(Map.of("client_id", "oc_secret", "client_secret", "wrong"));

      assertError(reply, 401, "invalid_client");
      assertThat(reply.headers().first("WWW-Authenticate")).contains("Basic realm=\"Ostiary\"");
    }

    @Test
    @Requirement("R-16")
    void refusesTwoMethodsAtOnce() {
      Reply reply =
          server.form(
              Map.of("grant_type", "authorization_code", "client_secret", SECRET),
              "Authorization",
              basic("oc_secret", SECRET));

      assertError(reply, 400, "invalid_request");
    }

    @Test
    @Requirement({"R-18", "R-12", "A-27"})
    void letsAConfidentialClientInWithItsSecretAndVerifier() {
      server.signedIn("g1", "oc_secret", CODE);
      Map<String, String> secret = Map.of("client_id", "oc_secret", "client_secret", SECRET);

      assertError(
          server.exchange(
              Map.of("client_id", "oc_secret", "client_secret", SECRET, "code_verifier", "")),
          400,
          "invalid_request");
      assertThat(server.exchange(secret).status()).isEqualTo(200);
    }

    @Test
    void tellsAClientThatExpiredToRegisterAnew() {
      server.time.pass(Duration.ofDays(30));
      server
          .store
          .clients()
          .forgetUnused(server.time.instant().minus(Duration.ofDays(30)), server.time.instant());

      assertError(server.exchange(Map.of()), 401, "invalid_client");
    }

    @Test
    void keepsAClientThatAuthenticatesFromExpiring() {
      server.time.pass(Duration.ofDays(29));
      server.exchange(Map.of());
      server.time.pass(Duration.ofDays(29));
      server
          .store
          .clients()
          .forgetUnused(server.time.instant().minus(Duration.ofDays(30)), server.time.instant());

      assertError(server.exchange(Map.of()), 400, "invalid_grant");
      assertError(server.exchange(Map.of("client_id", "oc_2")), 401, "invalid_client");
    }

    @Test
    void saysInTheAuditStreamWhoWasRefusedAndWhy() {
      server.exchange(Map.of("client_id", "oc gone\n" + "x".repeat(300)));

      assertThat(server.audit.events())
          .containsExactly(
              new AuditEvent.TokenRefused(
                  server.time.instant(),
                  "request-1",
                  "oc?gone?" + "x".repeat(192),
                  "client-unknown"));
    }
  }

  @Nested
  class CodeGrant {
    private final Grant grant = server.signedIn("g1", "oc_1", CODE);

    @Test
    @Requirement({"R-14", "R-34", "R-53", "A-33", "A-35"})
    void answersWithTokensForTheResourceOfTheGrant() {
      Reply reply = server.exchange(Map.of());

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.headers().first("Cache-Control")).contains("no-store");
      assertThat(reply.headers().first("Pragma")).contains("no-cache");
      assertThat(json(reply).propertyNames())
          .containsExactly("access_token", "token_type", "expires_in", "refresh_token", "scope");
      assertThat(text(reply, "token_type")).isEqualTo("Bearer");
      assertThat(json(reply).get("expires_in").intValue()).isEqualTo(3600);
      assertThat(text(reply, "refresh_token")).startsWith("ort_");
      assertThat(text(reply, "scope")).isEqualTo("read:user repo offline_access");
      assertThat(verified(reply).audience()).isEqualTo(grant.resource());
      assertThat(verified(reply).scopes()).isEqualTo(Scopes.of("read:user", "repo"));
      assertThat(server.audit.events())
          .containsExactly(
              new AuditEvent.CodeRedeemed(
                  server.time.instant(), "request-1", grant.id(), grant.client()));
    }

    @Test
    @Requirement({"R-9", "R-10"})
    void endsTheGrantWhenTheCodeComesAgainWithEverythingRight() {
      Reply first = server.exchange(Map.of());

      assertError(server.exchange(Map.of()), 400, "invalid_grant");

      assertThat(server.isInForce("g1")).isFalse();
      assertError(server.refresh(text(first, "refresh_token"), Map.of()), 400, "invalid_grant");
      assertThat(server.audit.events(AuditEvent.CodeReplayed.class)).hasSize(1);
      assertThat(server.audit.events(AuditEvent.GrantEnded.class))
          .containsExactly(
              new AuditEvent.GrantEnded(
                  server.time.instant(), "request-1", grant.id(), EndReason.CODE_REPLAYED));
    }

    @ParameterizedTest
    @Requirement({"R-10", "R-9", "R-12", "R-13"})
    @CsvSource({
      "client_id,oc_2,invalid_grant",
      "code_verifier,wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww,invalid_grant",
      "code_verifier,short,invalid_request",
      "code_verifier,'',invalid_request",
      "redirect_uri,http://127.0.0.1:3001/cb,invalid_grant",
      "resource,https://mcp.example.com/other/mcp,invalid_target",
      "resource,https://evil.example/,invalid_target",
      "code,oac_other,invalid_grant",
      "code,'',invalid_request",
    })
    void endsNothingWhenSomethingIsWrong(String parameter, String value, String error) {
      assertError(server.exchange(Map.of(parameter, value)), 400, error);
      assertThat(server.exchange(Map.of()).status()).isEqualTo(200);
      assertError(server.exchange(Map.of(parameter, value)), 400, error);

      assertThat(server.isInForce("g1")).isTrue();
      assertThat(server.audit.events(AuditEvent.CodeReplayed.class)).isEmpty();
      assertThat(server.audit.events(AuditEvent.GrantEnded.class)).isEmpty();
    }

    @Test
    @Requirement("R-9")
    void refusesACodeThatHasExpired() {
      server.time.pass(Duration.ofSeconds(61));

      assertError(server.exchange(Map.of()), 400, "invalid_grant");
    }

    @Test
    @Requirement("R-13")
    void comparesARedirectUriThatWasSent() {
      assertThat(server.exchange(Map.of("redirect_uri", SampleGrant.REDIRECT.value())).status())
          .isEqualTo(200);
    }

    @ParameterizedTest
    @Requirement({"R-34", "A-14"})
    @ValueSource(
        strings = {
          "https://mcp.example.com/mcp",
          "HTTPS://MCP.example.com/mcp",
          "https://mcp.example.com/mcp/"
        })
    void takesTheResourceUnderAnyOfItsNames(String resource) {
      Reply reply = server.exchange(Map.of("resource", resource));

      assertThat(verified(reply).audience()).isEqualTo(SampleGrant.RESOURCE);
    }

    @Test
    @Requirement("R-34")
    void refusesAForeignResourceBesideTheRightOne() {
      String body =
          "grant_type=authorization_code&client_id=oc_1&code="
              + CODE
              + "&code_verifier="
              + SampleGrant.VERIFIER.value()
              + "&resource=https://mcp.example.com/mcp"
              + "&resource=https://mcp.example.com/other/mcp";

      assertError(server.post("application/x-www-form-urlencoded", body), 400, "invalid_target");
    }

    @Test
    void givesNobodyAReasonToGuessFrom() {
      String unknown = text(server.exchange(Map.of("code", "oac_x")), "error_description");
      String foreign = text(server.exchange(Map.of("client_id", "oc_2")), "error_description");
      server.exchange(Map.of());
      String replayed = text(server.exchange(Map.of()), "error_description");

      assertThat(foreign).isEqualTo(unknown);
      assertThat(replayed).isEqualTo(unknown);
    }
  }

  @Nested
  class RefreshGrant {
    private final String token = server.refreshToken();

    @Test
    @Requirement({"R-20", "A-32", "R-14"})
    void rotatesAndCarriesOn() {
      String current = token;
      for (int i = 0; i < 3; i++) {
        Reply reply = server.refresh(current, Map.of());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers().first("Cache-Control")).contains("no-store");
        String successor = text(reply, "refresh_token");
        assertThat(successor).isNotEqualTo(current).matches("ort_[A-Za-z0-9_-]{43}");
        current = successor;
      }
      assertThat(server.audit.events(AuditEvent.RefreshRotated.class)).hasSize(3);
    }

    @Test
    void givesTheSameSuccessorAgainWhenAReplyWasLost() {
      Reply lost = server.refresh(token, Map.of());
      server.time.pass(Duration.ofMinutes(9));

      Reply again = server.refresh(token, Map.of());

      assertThat(text(again, "refresh_token")).isEqualTo(text(lost, "refresh_token"));
      assertThat(text(again, "access_token")).isNotEqualTo(text(lost, "access_token"));
      assertThat(verified(again).grant()).isEqualTo(verified(lost).grant());
      assertThat(server.refresh(text(again, "refresh_token"), Map.of()).status()).isEqualTo(200);
      assertThat(server.audit.events(AuditEvent.RefreshRotated.class)).hasSize(2);
      assertThat(server.audit.events(AuditEvent.RefreshRepeated.class)).hasSize(1);
    }

    @Test
    @Requirement({"R-20", "A-32"})
    void endsTheGrantWhenATokenComesAgainAfterItsSuccessorWasUsed() {
      Reply first = server.refresh(token, Map.of());
      Reply second = server.refresh(text(first, "refresh_token"), Map.of());

      assertError(server.refresh(token, Map.of()), 400, "invalid_grant");

      assertThat(server.isInForce("g1")).isFalse();
      assertError(server.refresh(text(second, "refresh_token"), Map.of()), 400, "invalid_grant");
      assertThat(server.audit.events(AuditEvent.RefreshReused.class)).hasSize(1);
      assertThat(server.audit.events(AuditEvent.GrantEnded.class))
          .extracting(AuditEvent.GrantEnded::reason)
          .containsExactly(EndReason.REFRESH_REUSED);
    }

    @Test
    @Requirement("R-20")
    void endsTheGrantWhenATokenComesAgainAfterTheGrace() {
      server.refresh(token, Map.of());
      server.time.pass(Duration.ofMinutes(11));

      assertError(server.refresh(token, Map.of()), 400, "invalid_grant");

      assertThat(server.isInForce("g1")).isFalse();
    }

    @Test
    void leavesAnotherInstallationOfTheSameClientAlone() {
      server.signedIn("g2", "oc_1", "oac_second");
      String other = text(server.exchange(Map.of("code", "oac_second")), "refresh_token");
      server.refresh(text(server.refresh(token, Map.of()), "refresh_token"), Map.of());
      server.refresh(token, Map.of());
      assertThat(server.isInForce("g1")).isFalse();

      assertThat(server.refresh(other, Map.of()).status()).isEqualTo(200);
    }

    @Test
    @Requirement("R-21")
    void refusesAnotherClientAndEndsNothing() {
      assertError(server.refresh(token, Map.of("client_id", "oc_2")), 400, "invalid_grant");
      String successor = text(server.refresh(token, Map.of()), "refresh_token");
      server.refresh(successor, Map.of());
      assertError(server.refresh(token, Map.of("client_id", "oc_2")), 400, "invalid_grant");

      assertThat(server.isInForce("g1")).isTrue();
      assertThat(server.audit.events(AuditEvent.RefreshReused.class)).isEmpty();
    }

    @Test
    @Requirement("R-21")
    void narrowsTheAccessTokenAndNotTheGrant() {
      Reply narrow = server.refresh(token, Map.of("scope", "read:user"));
      assertThat(text(narrow, "scope")).isEqualTo("read:user");
      assertThat(verified(narrow).scopes()).isEqualTo(Scopes.of("read:user"));

      Reply whole = server.refresh(text(narrow, "refresh_token"), Map.of());

      assertThat(text(whole, "scope")).isEqualTo("read:user repo offline_access");
    }

    @Test
    @Requirement("R-21")
    void neverWidensTheScope() {
      assertError(server.refresh(token, Map.of("scope", "read:user admin")), 400, "invalid_scope");
      assertError(server.refresh(token, Map.of("scope", "\"")), 400, "invalid_request");

      assertThat(server.refresh(token, Map.of()).status()).isEqualTo(200);
    }

    @Test
    @Requirement("R-21")
    void dropsWhatItDroppedAtTheSignIn() {
      Reply first = server.refresh(token, Map.of("scope", "openid email profile"));
      Reply second =
          server.refresh(text(first, "refresh_token"), Map.of("scope", "openid read:user"));
      Reply third = server.refresh(text(second, "refresh_token"), Map.of("scope", " "));

      assertThat(text(first, "scope")).isEqualTo("read:user repo offline_access");
      assertThat(text(second, "scope")).isEqualTo("read:user");
      assertThat(text(third, "scope")).isEqualTo("read:user repo offline_access");
    }

    @Test
    @Requirement("R-21")
    void spendsNothingOnAScopeThatWasNotGranted() {
      server.refresh(token, Map.of("scope", "admin"));
      String successor = text(server.refresh(token, Map.of()), "refresh_token");
      server.refresh(successor, Map.of("scope", "read:user admin"));

      assertThat(server.refresh(successor, Map.of()).status()).isEqualTo(200);
      assertThat(server.isInForce("g1")).isTrue();
    }

    @Test
    @Requirement("A-36")
    void takesOfflineAccessForNoMoreThanItIs() {
      Reply reply = server.refresh(token, Map.of("scope", "read:user offline_access"));

      assertThat(text(reply, "scope")).isEqualTo("read:user offline_access");
      assertThat(verified(reply).scopes()).isEqualTo(Scopes.of("read:user"));
    }

    @Test
    @Requirement({"R-21", "R-34"})
    void refusesAnotherResource() {
      assertError(
          server.refresh(token, Map.of("resource", "https://mcp.example.com/other/mcp")),
          400,
          "invalid_target");
      assertThat(server.refresh(token, Map.of("resource", "https://mcp.example.com/mcp")).status())
          .isEqualTo(200);
    }

    @Test
    @Requirement("R-22")
    void refusesATokenThatNobodyUsedForAMonth() {
      server.time.pass(Duration.ofDays(30).plusSeconds(1));

      assertError(server.refresh(token, Map.of()), 400, "invalid_grant");
    }

    @Test
    void refusesWhatIsNoRefreshToken() {
      assertError(server.refresh("ort_x", Map.of()), 400, "invalid_grant");
      assertError(server.refresh("", Map.of()), 400, "invalid_request");
    }
  }

  @Test
  void asksToComeAgainWhenTheStorageDoesNotAnswer() {
    var broken = new FakeTokenServer(new BrokenGrantStore());

    for (Reply reply : List.of(broken.exchange(Map.of()), broken.refresh("ort_x", Map.of()))) {
      assertError(reply, 503, "temporarily_unavailable");
      assertThat(reply.headers().first("Retry-After")).contains("1");
    }
  }

  @Test
  void keepsSecretsOutOfTheAuditStream() {
    String token = server.refreshToken();
    server.refresh(token, Map.of());
    server.exchange(Map.of());

    assertThat(server.audit.events().toString())
        .doesNotContain(token, CODE, SampleGrant.VERIFIER.value());
    assertThat(server.audit.events(AuditEvent.TokenRefused.class))
        .extracting(AuditEvent.TokenRefused::client, AuditEvent.TokenRefused::reason)
        .containsExactly(tuple("oc_1", "code-replayed"));
  }

  private VerifiedAccessToken verified(Reply reply) {
    return switch (server.accessTokens.verify(text(reply, "access_token"), server.time.instant())) {
      case Result.Ok(VerifiedAccessToken token) -> token;
      case Result.Refused(var refusal) -> throw new AssertionError(refusal);
    };
  }

  private static void assertError(Reply reply, int status, String error) {
    assertThat(((Body.Whole) reply.body()).utf8()).contains("\"error\":\"" + error + "\"");
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.headers().first("Cache-Control")).contains("no-store");
    assertThat(reply.headers().first("Content-Type")).contains("application/json");
  }

  private static String basic(String id, String secret) {
    return "Basic "
        + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
  }
}
