package dev.ostiary.authorization.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.key.SampleGrant;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.upstream.UpstreamCredentials.Refusal;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Exchanges for a server that takes the access tokens of its upstream. */
final class UpstreamTokenExchangeTest {
  private final FakeTokenServer server = new FakeTokenServer();

  private void signedIn(String subject) {
    Instant now = server.time.instant();
    Grant grant =
        new Grant(
            new GrantId("g1"),
            new ClientId("oc_1"),
            new Subject(subject),
            "somebody",
            Scopes.of("read:user", "repo"),
            FakeTokenServer.FOREIGN,
            null,
            now,
            now.plus(Duration.ofDays(1)));
    SampleGrant.addCode(
        server.store.grants(), FakeTokenServer.CODE, grant, now.plus(Duration.ofMinutes(1)));
  }

  private void upstreamHas(@Nullable Instant expiresAt) {
    server.upstream =
        Result.ok(
            new UpstreamTokenResponse(
                new Secret("foreign-token"), null, expiresAt, Scopes.of("openid")));
  }

  @Test
  void theTokenOfTheUpstreamIsHandedOut() {
    signedIn("as.docs:1");
    upstreamHas(server.time.instant().plusSeconds(90));

    Reply reply = server.exchange(Map.of());

    assertThat(FakeTokenServer.text(reply, "access_token")).isEqualTo("foreign-token");
    assertThat(FakeTokenServer.json(reply).get("expires_in").asLong()).isEqualTo(90);
    assertThat(FakeTokenServer.text(reply, "scope").split(" "))
        .containsExactlyInAnyOrder("read:user", "repo");
    assertThat(FakeTokenServer.text(reply, "refresh_token")).startsWith("ort_");
    assertThat(server.audit.events().toString()).doesNotContain("foreign-token");
  }

  @Test
  void nothingIsSaidOfAnEndThatIsNotKnown() {
    signedIn("as.docs:1");
    upstreamHas(null);

    assertThat(FakeTokenServer.json(server.exchange(Map.of())).has("expires_in")).isFalse();
  }

  @Test
  void aCodeIsNotSpentWhileThereIsNone() {
    signedIn("as.docs:1");
    server.upstream = Result.refused(new Refusal.Unavailable(Duration.ofSeconds(7)));

    Reply refused = server.exchange(Map.of());
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.headers().first("Retry-After")).contains("7");

    upstreamHas(null);
    assertThat(server.exchange(Map.of()).status()).isEqualTo(200);
  }

  /** A configuration may have had the users of this server sign in elsewhere before. */
  @Test
  void theTokenOfAnotherUpstreamIsNotForClients() {
    signedIn("github:1");
    upstreamHas(null);

    Reply refused = server.exchange(Map.of());

    assertThat(FakeTokenServer.text(refused, "error")).isEqualTo("invalid_grant");
    assertThat(refused.toString()).doesNotContain("foreign-token");
    assertThat(FakeTokenServer.text(server.exchange(Map.of()), "error")).isEqualTo("invalid_grant");
    assertThat(server.isInForce("g1")).isFalse();
  }
}
