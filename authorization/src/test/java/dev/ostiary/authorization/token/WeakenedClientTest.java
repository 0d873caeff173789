package dev.ostiary.authorization.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.hash.CodeHash;
import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.key.SampleGrant;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.registration.ClientMetadata;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client whose metadata document gave up its keys after it was granted something. */
class WeakenedClientTest {
  private static final String CLIENT = "https://client.example/c";

  private FakeTokenServer server;

  @BeforeEach
  void start() throws GeneralSecurityException {
    server = new FakeTokenServer();
    server
        .store
        .clients()
        .keep(
            new RegisteredClient(
                new ClientId(CLIENT),
                ClientKind.DOCUMENT,
                null,
                null,
                new ClientMetadata(
                    "Example",
                    List.of(SampleGrant.REDIRECT),
                    "none",
                    List.of("authorization_code"),
                    List.of("code"),
                    null,
                    null,
                    Map.of()),
                server.time.instant()));
  }

  private void grant(String authentication) {
    Grant sample = SampleGrant.of("g1", CLIENT, server.time.instant());
    Grant grant =
        new Grant(
            sample.id(),
            sample.client(),
            sample.subject(),
            sample.userName(),
            sample.scopes(),
            sample.resource(),
            sample.upstreamToken(),
            sample.createdAt(),
            sample.expiresAt(),
            authentication);
    SampleGrant.addCode(
        server.store.grants(), FakeTokenServer.CODE, grant, server.time.instant().plusSeconds(60));
  }

  private Reply refresh() {
    server
        .store
        .grants()
        .redeem(
            CodeHash.of(FakeTokenServer.CODE),
            RefreshHash.of("ort_first"),
            Duration.ofDays(1),
            server.time.instant());
    return server.refresh("ort_first", Map.of("client_id", CLIENT));
  }

  @Test
  void losesTheGrantAtItsNextRefresh() {
    grant("private_key_jwt");

    Reply reply = refresh();

    assertThat(reply.status()).isEqualTo(400);
    assertThat(FakeTokenServer.text(reply, "error")).isEqualTo("invalid_grant");
    assertThat(server.isInForce("g1")).isFalse();
    assertThat(server.audit.events())
        .filteredOn(AuditEvent.GrantEnded.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            AuditEvent.GrantEnded.class,
            event -> assertThat(event.reason()).isEqualTo(EndReason.CLIENT_CHANGED));
  }

  @Test
  void cannotTradeACodeThatWasMeantForItsKey() {
    grant("private_key_jwt");

    Reply reply = server.exchange(Map.of("client_id", CLIENT));

    assertThat(FakeTokenServer.text(reply, "error")).isEqualTo("invalid_grant");
    assertThat(server.isInForce("g1")).isFalse();
  }

  @Test
  void keepsAGrantThatNeededNoKey() {
    grant("none");

    assertThat(refresh().status()).isEqualTo(200);
    assertThat(server.isInForce("g1")).isTrue();
  }
}
