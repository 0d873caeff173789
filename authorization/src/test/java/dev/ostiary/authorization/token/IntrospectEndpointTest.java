package dev.ostiary.authorization.token;

import static dev.ostiary.authorization.FakeTokens.SECRET;
import static dev.ostiary.authorization.FakeTokens.basic;
import static dev.ostiary.authorization.FakeTokens.json;
import static dev.ostiary.authorization.FakeTokens.pair;
import static dev.ostiary.authorization.FakeTokens.post;
import static dev.ostiary.authorization.FakeTokens.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.BrokenGrantStore;
import dev.ostiary.authorization.FakeTokens;
import dev.ostiary.authorization.FakeTokens.Pair;
import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.key.VerifiedAccessToken;
import dev.ostiary.http.Access;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import dev.ostiary.protocol.token.IntrospectionResponse;
import dev.ostiary.requirements.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntrospectEndpointTest {
  private static final Issuer ISSUER = new Issuer("https://mcp.example.com");

  private final FakeTokens server = new FakeTokens();

  @Test
  void mayNotBeReadByScriptsOfOtherOrigins() {
    assertThat(server.introspection().route().path()).isEqualTo("/introspect");
    assertThat(server.introspection().route().methods()).containsExactly("POST");
    assertThat(server.introspection().route().crossOrigin()).isFalse();
    assertThat(server.introspection().access()).isEqualTo(Access.CLIENT);
  }

  @Nested
  class Active {
    @Test
    void isAnAccessTokenWithAllThatItSays() {
      Pair pair = server.signedIn("g1", "oc_a");
      VerifiedAccessToken token = server.verified(pair.access());

      assertSays(
          server.introspect("oc_a", pair.access()),
          new IntrospectionResponse.AccessToken(
              ISSUER,
              Scopes.of("read:user", "repo"),
              new ClientId("oc_a"),
              "octocat",
              new Subject("github:583231"),
              token.audience(),
              token.id(),
              token.issuedAt(),
              token.expiresAt()));
    }

    @Test
    void isARefreshTokenUntilItHasBeenIdleTooLong() {
      Instant signedIn = server.time.instant();
      Pair pair = server.signedIn("g1", "oc_a");

      assertSays(
          server.introspect("oc_a", pair.refresh()),
          refreshToken(signedIn.plus(Duration.ofDays(30))));
      server.time.pass(Duration.ofDays(30));
      assertInactive(server.introspect("oc_a", pair.refresh()));
    }

    @Test
    void isARefreshTokenUntilItsGrantEndsAtTheLatest() {
      Instant end = server.time.instant().plus(Duration.ofDays(365));
      Pair pair = server.signedIn("g1", "oc_a");
      for (int month = 0; month < 12; month++) {
        server.time.pass(Duration.ofDays(29));
        pair = pair(server.refresh("oc_a", pair.refresh()));
      }

      assertSays(server.introspect("oc_a", pair.refresh()), refreshToken(end));
    }

    private static IntrospectionResponse refreshToken(Instant expiresAt) {
      return new IntrospectionResponse.RefreshToken(
          ISSUER,
          Scopes.of("read:user", "repo", "offline_access"),
          new ClientId("oc_a"),
          "octocat",
          new Subject("github:583231"),
          expiresAt);
    }

    private static void assertSays(Reply reply, IntrospectionResponse response) {
      assertThat(reply.status()).isEqualTo(200);
      assertThat(text(reply)).isEqualTo(response.toJson());
      assertThat(reply.headers().first("Cache-Control")).contains("no-store");
      assertThat(reply.headers().first("Content-Type")).contains("application/json");
    }
  }

  @Nested
  @Requirement("R-31")
  class Inactive {
    @ParameterizedTest
    @ValueSource(
        strings = {"x", "ort_unknown", "a.b.c", "gho_16C7e42F292c6912E7710c838347Ae178B4a"})
    void isWhatWasNeverIssued(String token) {
      assertInactive(server.introspect("oc_a", token));
    }

    @Test
    void isWhatBelongsToAnotherClient() {
      Pair pair = server.signedIn("g1", "oc_a");
      Pair open = server.signedIn("g2", "oc_1");

      assertInactive(server.introspect("oc_b", pair.access()));
      assertInactive(server.introspect("oc_b", pair.refresh()));
      assertInactive(server.introspect("oc_b", open.access()));
      assertInactive(server.introspect("oc_b", open.refresh()));
    }

    @Test
    void isAnAccessTokenThatHasExpired() {
      Pair pair = server.signedIn("g1", "oc_a");
      server.time.pass(Duration.ofHours(2));

      assertInactive(server.introspect("oc_a", pair.access()));
    }

    @Test
    void isEveryTokenOfAGrantThatEnded() {
      Pair pair = server.signedIn("g1", "oc_a");
      revoke(pair.refresh());

      assertInactive(server.introspect("oc_a", pair.access()));
      assertInactive(server.introspect("oc_a", pair.refresh()));
    }

    @Test
    void isARevokedAccessTokenAlone() {
      Pair pair = server.signedIn("g1", "oc_a");
      revoke(pair.access());

      assertInactive(server.introspect("oc_a", pair.access()));
      assertThat(json(server.introspect("oc_a", pair.refresh())).get("active").booleanValue())
          .isTrue();
    }

    @Test
    void isARefreshTokenThatWasReplaced() {
      Pair pair = server.signedIn("g1", "oc_a");
      server.refresh("oc_a", pair.refresh());

      assertInactive(server.introspect("oc_a", pair.refresh()));
    }

    private void revoke(String token) {
      post(server.revocation(), Map.of("token", token), "Authorization", basic("oc_a", SECRET));
    }
  }

  @Nested
  @Requirement("R-31")
  class Authentication {
    private final Pair pair = server.signedIn("g1", "oc_a");
    private final Pair open = server.signedIn("g2", "oc_1");

    @Test
    void worksWithTheSecretInTheForm() {
      Reply reply =
          post(
              server.introspection(),
              Map.of("token", pair.access(), "client_id", "oc_a", "client_secret", SECRET));

      assertThat(json(reply).get("active").booleanValue()).isTrue();
    }

    @Test
    void isNotANameAlone() {
      assertUnauthorized(
          post(server.introspection(), Map.of("token", open.access(), "client_id", "oc_1")));
      assertUnauthorized(
          post(server.introspection(), Map.of("token", pair.access(), "client_id", "oc_a")));
      assertThat(server.audit.events(AuditEvent.IntrospectionRefused.class))
          .extracting(AuditEvent.IntrospectionRefused::client)
          .containsExactly("oc_1", "oc_a");
    }

    @Test
    void isNotAWrongSecretNorAnUnknownClient() {
      Reply wrong =
          post(
              server.introspection(),
              Map.of("token", pair.access()),
              "Authorization",
              basic("oc_a", "wrong"));

      assertUnauthorized(wrong);
      assertThat(wrong.headers().first("WWW-Authenticate")).contains("Basic realm=\"Ostiary\"");
      assertUnauthorized(server.introspect("oc_gone", pair.access()));
    }

    @Test
    void isNotTheTokenItself() {
      assertUnauthorized(
          post(
              server.introspection(),
              Map.of("token", pair.access()),
              "Authorization",
              "Bearer " + pair.access()));
      assertUnauthorized(post(server.introspection(), Map.of("token", pair.access())));
    }

    private static void assertUnauthorized(Reply reply) {
      assertThat(reply.status()).isEqualTo(401);
      assertThat(json(reply).get("error").stringValue()).isEqualTo("invalid_client");
      assertThat(reply.headers().first("Cache-Control")).contains("no-store");
    }
  }

  @Test
  void refusesAQuestionAboutNothing() {
    Reply reply = server.introspect("oc_a", "");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(json(reply).get("error").stringValue()).isEqualTo("invalid_request");
  }

  @Test
  void asksToComeAgainWhenTheStorageDoesNotAnswer() {
    Reply reply = new FakeTokens(new BrokenGrantStore()).introspect("oc_a", "ort_any");

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers().first("Retry-After")).contains("1");
  }

  private static void assertInactive(Reply reply) {
    assertThat(reply.status()).isEqualTo(200);
    assertThat(text(reply)).isEqualTo("{\"active\":false}");
    assertThat(reply.headers().first("Cache-Control")).contains("no-store");
  }
}
