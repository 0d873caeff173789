package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.http.Reply;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Refresh tokens of Ostiary's own beside foreign access tokens. */
final class HandedOutRefreshTest extends BeforeForeignLogin {
  HandedOutRefreshTest() throws GeneralSecurityException {}

  @Test
  void aRefreshHandsOutTheCurrentTokenAndRotatesOurs() {
    FakeClient.Tokens first = signIn("docs:read docs:write");
    long before = tokenRequests();
    time.pass(Duration.ofMinutes(10));
    ostiary.awaitReady();

    Map<String, String> narrower = client.refresh(first);
    narrower.put("scope", "docs:read");
    Reply reply = ostiary.token(narrower);
    FakeClient.Tokens second = FakeClient.tokens(reply);

    assertThat(second.access()).isEqualTo(first.access());
    assertThat(second.refresh()).isNotEqualTo(first.refresh());
    assertThat(words(second.scope())).containsExactlyInAnyOrder("docs:read", "docs:write");
    assertThat(AttackedOstiary.json(reply).path("expires_in").asLong()).isEqualTo(3000);
    assertThat(tokenRequests()).isEqualTo(before);
  }

  @Test
  void aRefreshBringsAnotherTokenShortlyBeforeTheEnd() {
    FakeClient.Tokens first = signIn("docs:read");
    time.pass(Duration.ofMinutes(56));
    ostiary.awaitReady();

    Reply reply = ostiary.token(client.refresh(first));
    FakeClient.Tokens second = FakeClient.tokens(reply);

    assertThat(second.access()).isNotEqualTo(first.access());
    assertThat(AttackedOstiary.json(reply).path("expires_in").asLong()).isEqualTo(3600);
    assertThat(call(second.access(), "read").status()).isEqualTo(200);
  }

  @Test
  void aRefusedForeignRefreshEndsTheGrant() {
    FakeClient.Tokens tokens = signIn("docs:read");
    login.faults().endSessions("mona");
    time.pass(Duration.ofHours(1));
    ostiary.awaitReady();

    assertError(ostiary.token(client.refresh(tokens)), 400, "invalid_grant");
    assertThat(audited(AuditEvent.GrantEnded.class)).hasSize(1);
    assertError(ostiary.token(client.refresh(tokens)), 400, "invalid_grant");
  }

  @Test
  void anOutageSpendsNoRefreshToken() {
    FakeClient.Tokens tokens = signIn("docs:read");
    time.pass(Duration.ofHours(1));
    ostiary.awaitReady();
    down = true;

    Reply reply = ostiary.token(client.refresh(tokens));
    assertError(reply, 503, "temporarily_unavailable");
    assertThat(reply.headers().has("Retry-After")).isTrue();

    down = false;
    FakeClient.Tokens after = FakeClient.tokens(ostiary.token(client.refresh(tokens)));
    assertThat(call(after.access(), "read").status()).isEqualTo(200);
    assertThat(audited(AuditEvent.RefreshRotated.class)).hasSize(1);
    assertThat(audited(AuditEvent.RefreshRepeated.class)).isEmpty();
  }

  @Test
  void anOutageSpendsNoCode() {
    login.faults().tokenResponse(answer -> answer.put("expires_in", 10));
    String code = code("docs:read");
    time.pass(Duration.ofSeconds(20));
    down = true;

    assertError(ostiary.token(client.exchange(code)), 503, "temporarily_unavailable");

    down = false;
    FakeClient.Tokens tokens = FakeClient.tokens(ostiary.token(client.exchange(code)));
    assertThat(call(tokens.access(), "read").status()).isEqualTo(200);
  }

  @Test
  void revokingOurRefreshTokenEndsTheGrantAndTheForeignTokens() {
    FakeClient.Tokens tokens = signIn("docs:read");
    time.pass(Duration.ofMinutes(10)); // tokens of a sign-in that may be making a grant stay
    ostiary.awaitReady();

    Reply revoked =
        ostiary.send(
            "POST",
            "/revoke",
            FakeClient.encode(Map.of("token", tokens.refresh(), "client_id", client.id)),
            AttackedOstiary.asForm());

    assertThat(revoked.status()).isEqualTo(200);
    assertError(ostiary.token(client.refresh(tokens)), 400, "invalid_grant");
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (login.journal().requests("POST", "/revoke").isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** Both grants rest on the same foreign tokens, since the two clients are one client there. */
  @Test
  void endingTheGrantOfOneClientLeavesThatOfAnother() {
    FakeClient.Tokens first = signIn("docs:read");
    FakeClient other = ostiary.register("http://127.0.0.1:43998/callback");
    FakeClient.Tokens second = signIn(other, "docs:read");
    time.pass(Duration.ofMinutes(10));
    ostiary.awaitReady();

    Reply revoked =
        ostiary.send(
            "POST",
            "/revoke",
            FakeClient.encode(Map.of("token", first.refresh(), "client_id", client.id)),
            AttackedOstiary.asForm());
    time.pass(Duration.ofHours(1));
    ostiary.awaitReady();

    assertThat(revoked.status()).isEqualTo(200);
    assertError(ostiary.token(client.refresh(first)), 400, "invalid_grant");
    FakeClient.Tokens after = FakeClient.tokens(ostiary.token(other.refresh(second)));
    assertThat(call(after.access(), "read").status()).isEqualTo(200);
  }

  @Test
  void refreshesAtTheSameTimeAreOneForeignRefresh() throws Exception {
    FakeClient.Tokens tokens = signIn("docs:read");
    time.pass(Duration.ofHours(1));
    ostiary.awaitReady();
    long before = tokenRequests();
    List<Callable<FakeClient.Tokens>> refreshes =
        Collections.nCopies(8, () -> FakeClient.tokens(ostiary.token(client.refresh(tokens))));
    Set<FakeClient.Tokens> given = ConcurrentHashMap.newKeySet();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<FakeClient.Tokens> each : threads.invokeAll(refreshes)) {
        given.add(each.get());
      }
    }

    assertThat(given).hasSize(1);
    assertThat(tokenRequests()).isEqualTo(before + 1);
  }
}
