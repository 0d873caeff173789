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
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.http.Access;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.requirements.Requirement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevokeEndpointTest {
  private final FakeTokens server = new FakeTokens();

  @Test
  void mayBeCalledByScriptsOfAnyOriginWithPostOnly() {
    assertThat(server.revocation().route().path()).isEqualTo("/revoke");
    assertThat(server.revocation().route().methods()).containsExactly("POST");
    assertThat(server.revocation().route().crossOrigin()).isTrue();
    assertThat(server.revocation().access()).isEqualTo(Access.CLIENT);
  }

  @Nested
  class RefreshTokens {
    @Test
    @Requirement("R-26")
    void endTheirGrantWithItsAccessTokens() {
      Pair pair = server.signedIn("g1", "oc_1");

      assertDone(server.revoke("oc_1", pair.refresh()));

      assertThat(server.isInForce("g1")).isFalse();
      assertThat(server.isGood(pair.access())).isFalse();
      assertError(server.refresh("oc_1", pair.refresh()), 400, "invalid_grant");
      assertThat(server.audit.events(AuditEvent.GrantEnded.class))
          .extracting(AuditEvent.GrantEnded::reason)
          .containsExactly(EndReason.REVOKED);
      assertThat(server.told.ended).containsExactly(new GrantId("g1"));
      assertThat(server.unneeded).containsExactly(new UpstreamTokenId("upstream-1"));
    }

    @Test
    @Requirement("R-26")
    void endTheirGrantInAnyGeneration() {
      Pair first = server.signedIn("g1", "oc_1");
      Pair second = pair(server.refresh("oc_1", first.refresh()));
      Pair third = pair(server.refresh("oc_1", second.refresh()));

      assertDone(server.revoke("oc_1", first.refresh()));

      assertThat(server.isInForce("g1")).isFalse();
      assertError(server.refresh("oc_1", third.refresh()), 400, "invalid_grant");
    }

    @Test
    void leaveOtherGrantsOfTheSameClientAlone() {
      Pair one = server.signedIn("g1", "oc_1");
      Pair other = server.signedIn("g2", "oc_1");

      server.revoke("oc_1", one.refresh());

      assertThat(server.isInForce("g2")).isTrue();
      assertThat(server.isGood(other.access())).isTrue();
    }

    @Test
    @Requirement("R-26")
    void mayBeRevokedAgain() {
      Pair pair = server.signedIn("g1", "oc_1");

      assertDone(server.revoke("oc_1", pair.refresh()));
      assertDone(server.revoke("oc_1", pair.refresh()));

      assertThat(server.audit.events(AuditEvent.GrantEnded.class)).hasSize(1);
    }

    @Test
    void ofAnotherClientAreRefusedAndEndNothing() {
      Pair pair = server.signedIn("g1", "oc_1");

      assertError(server.revoke("oc_2", pair.refresh()), 400, "invalid_grant");

      assertThat(server.isInForce("g1")).isTrue();
      assertThat(server.isGood(pair.access())).isTrue();
      assertRefused("oc_2", "token-of-another-client");
    }
  }

  @Nested
  class AccessTokens {
    @Test
    void areRevokedAloneAndLeaveTheirGrantAndItsOtherTokens() {
      Pair pair = server.signedIn("g1", "oc_1");
      String jti = server.verified(pair.access()).id();
      Pair other = pair(server.refresh("oc_1", pair.refresh()));

      assertDone(server.revoke("oc_1", pair.access()));

      assertThat(server.isGood(pair.access())).isFalse();
      assertThat(server.isGood(other.access())).isTrue();
      assertThat(server.isInForce("g1")).isTrue();
      assertThat(server.refresh("oc_1", other.refresh()).status()).isEqualTo(200);
      assertThat(server.told.revoked).containsExactly(jti);
      assertThat(server.told.ended).isEmpty();
      assertThat(server.unneeded).isEmpty();
      assertThat(server.audit.events(AuditEvent.AccessTokenRevoked.class)).hasSize(1);
    }

    @Test
    @Requirement("R-26")
    void mayBeRevokedAgain() {
      Pair pair = server.signedIn("g1", "oc_1");

      assertDone(server.revoke("oc_1", pair.access()));
      assertDone(server.revoke("oc_1", pair.access()));

      assertThat(server.told.revoked).hasSize(1);
    }

    @Test
    void ofAnotherClientAreRefusedAndStayGood() {
      Pair pair = server.signedIn("g1", "oc_1");

      assertError(server.revoke("oc_2", pair.access()), 400, "invalid_grant");

      assertThat(server.isGood(pair.access())).isTrue();
      assertThat(server.told.revoked).isEmpty();
      assertRefused("oc_2", "token-of-another-client");
    }

    @Test
    @Requirement("R-26")
    void thatHaveExpiredNeedNothingMore() {
      Pair pair = server.signedIn("g1", "oc_1");
      server.time.pass(Duration.ofHours(2));

      assertDone(server.revoke("oc_1", pair.access()));

      assertThat(server.store.revocations().epoch()).isZero();
      assertThat(server.isInForce("g1")).isTrue();
    }
  }

  @Nested
  class Requests {
    @ParameterizedTest
    @ValueSource(
        strings = {"x", "ort_unknown", "a.b.c", "gho_16C7e42F292c6912E7710c838347Ae178B4a"})
    @Requirement("R-26")
    void forUnknownTokensSucceed(String token) {
      assertDone(server.revoke("oc_1", token));

      assertThat(server.audit.events()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"refresh_token", "access_token", "pam", ""})
    void mayHintAtAnything(String hint) {
      Pair pair = server.signedIn("g1", "oc_1");

      for (String token : new String[] {pair.access(), pair.refresh()}) {
        assertDone(
            post(
                server.revocation(),
                Map.of("client_id", "oc_1", "token", token, "token_type_hint", hint)));
      }

      assertThat(server.told.revoked).hasSize(1);
      assertThat(server.isInForce("g1")).isFalse();
    }

    @Test
    void withoutATokenAreRefused() {
      assertError(post(server.revocation(), Map.of("client_id", "oc_1")), 400, "invalid_request");
      assertRefused("oc_1", "token-missing");
    }

    @Test
    @Requirement("R-4")
    void withARepeatedTokenAreRefused() {
      Reply reply =
          post(
              server.revocation(),
              "application/x-www-form-urlencoded",
              "client_id=oc_1&token=a&token=b");

      assertError(reply, 400, "invalid_request");
    }

    @Test
    void areForms() {
      for (String type : new String[] {"application/json", "text/plain", ""}) {
        assertError(post(server.revocation(), type, "{}"), 400, "invalid_request");
      }
      assertError(
          post(server.revocation(), "application/x-www-form-urlencoded", "token=%zz"),
          400,
          "invalid_request");
    }
  }

  @Nested
  class Authentication {
    @Test
    void isThatOfTheTokenEndpoint() {
      Pair one = server.signedIn("g1", "oc_a");
      Pair two = server.signedIn("g2", "oc_a");

      assertDone(
          post(
              server.revocation(),
              Map.of("token", one.refresh()),
              "Authorization",
              basic("oc_a", SECRET)));
      assertDone(
          post(
              server.revocation(),
              Map.of("token", two.refresh(), "client_id", "oc_a", "client_secret", SECRET)));

      assertThat(server.isInForce("g1")).isFalse();
      assertThat(server.isInForce("g2")).isFalse();
    }

    @Test
    void isDemandedBeforeAnythingEnds() {
      Pair pair = server.signedIn("g1", "oc_a");

      Reply wrong =
          post(
              server.revocation(),
              Map.of("token", pair.refresh()),
              "Authorization",
              basic("oc_a", "wrong"));
      assertError(wrong, 401, "invalid_client");
      assertThat(wrong.headers().first("WWW-Authenticate")).contains("Basic realm=\"Ostiary\"");
      assertError(server.revoke("oc_a", pair.refresh()), 401, "invalid_client");
      assertError(server.revoke("oc_gone", pair.refresh()), 401, "invalid_client");
      assertError(
          post(server.revocation(), Map.of("token", pair.refresh())), 401, "invalid_client");

      assertThat(server.isInForce("g1")).isTrue();
      assertThat(server.audit.events(AuditEvent.RevocationRefused.class))
          .extracting(AuditEvent.RevocationRefused::reason)
          .containsExactly(
              "client-wrong-secret", "client-wrong-method", "client-unknown", "client-absent");
    }
  }

  @Test
  void asksToComeAgainWhenTheStorageDoesNotAnswer() {
    var broken = new FakeTokens(new BrokenGrantStore());

    Reply reply = broken.revoke("oc_1", "ort_any");

    assertError(reply, 503, "temporarily_unavailable");
    assertThat(reply.headers().first("Retry-After")).contains("1");
  }

  private void assertRefused(String client, String reason) {
    assertThat(server.audit.events(AuditEvent.RevocationRefused.class))
        .containsExactly(
            new AuditEvent.RevocationRefused(server.time.instant(), "request-1", client, reason));
  }

  private static void assertDone(Reply reply) {
    assertThat(reply.status()).isEqualTo(200);
    assertThat(text(reply)).isEmpty();
    assertThat(reply.headers().first("Cache-Control")).contains("no-store");
  }

  private static void assertError(Reply reply, int status, String error) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(json(reply).get("error").stringValue()).isEqualTo(error);
    assertThat(reply.headers().first("Cache-Control")).contains("no-store");
  }
}
