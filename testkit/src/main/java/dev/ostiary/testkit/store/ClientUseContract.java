package dev.ostiary.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.ListedClient;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.testkit.SampleClient;
import dev.ostiary.testkit.SampleCode;
import dev.ostiary.testkit.SampleGrant;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which clients a {@link ClientStore} forgets when nobody uses them. */
abstract class ClientUseContract extends Contract {
  private static final Duration UNUSED = Duration.ofDays(30);

  private final ClientStore clients;
  private final RegisteredClient client = SampleClient.open("a");

  ClientUseContract(Store store) {
    super(store);
    clients = store.clients();
    clients.add(client);
  }

  @Test
  void forgetsAClientThatNobodyUsed() {
    assertThat(forget(NOW.plus(UNUSED).minus(TICK))).isZero();
    assertThat(isKnown()).isTrue();

    assertThat(forget(NOW.plus(UNUSED))).isEqualTo(1);
    assertThat(isKnown()).isFalse();
  }

  @Test
  void forgetsADocumentThatNobodyUsed() {
    RegisteredClient document = SampleClient.document("https://a.example/c", "Document", NOW);
    clients.keep(document);
    clients.used(client.id(), NOW.plus(UNUSED));

    assertThat(forget(NOW.plus(UNUSED))).isEqualTo(1);
    assertThat(clients.find(document.id())).isEmpty();
  }

  @Test
  void keepsAClientThatWasUsed() {
    Instant used = NOW.plus(UNUSED).minus(TICK);
    clients.used(client.id(), used);

    assertThat(forget(NOW.plus(UNUSED))).isZero();
    assertThat(forget(used.plus(UNUSED))).isEqualTo(1);
  }

  @Test
  void notesUseOnceAnHour() {
    clients.used(client.id(), NOW.plus(ClientStore.USE_NOTED).minus(TICK));

    assertThat(forget(NOW.plus(UNUSED))).isEqualTo(1);
  }

  @Test
  void notesUseAfterAnHour() {
    Instant used = NOW.plus(ClientStore.USE_NOTED);
    clients.used(client.id(), used);

    assertThat(forget(used.plus(UNUSED).minus(TICK))).isZero();
    assertThat(forget(used.plus(UNUSED))).isEqualTo(1);
  }

  @Test
  void listsClientsPageByPageInTheOrderOfTheirIds() {
    Instant used = NOW.plus(ClientStore.USE_NOTED);
    RegisteredClient configured = SampleClient.configured("c");
    clients.add(configured);
    clients.add(SampleClient.open("b"));
    clients.used(new ClientId("b"), used);

    assertThat(clients.list(null, 2))
        .containsExactly(
            new ListedClient(client, NOW), new ListedClient(SampleClient.open("b"), used));
    assertThat(clients.list(new ClientId("b"), 2))
        .containsExactly(new ListedClient(configured, NOW));
    assertThat(clients.list(configured.id(), 2)).isEmpty();
  }

  @Test
  void notesNoUseOfAClientThatIsNotThere() {
    clients.used(new ClientId("b"), NOW.plus(UNUSED));

    assertThat(clients.find(new ClientId("b"))).isEmpty();
  }

  @Test
  void keepsAClientThatTheOperatorNamed() {
    RegisteredClient configured = SampleClient.configured("b");
    clients.add(configured);

    assertThat(forget(NOW.plus(UNUSED.multipliedBy(100)))).isEqualTo(1);
    assertThat(clients.find(configured.id())).contains(configured);
  }

  @Test
  void keepsAClientWithAGrantInForceAndLooksAgainLater() {
    Grant grant = inForce(SampleGrant.to(client.id(), "grant"), "1");

    Instant kept = NOW.plus(UNUSED);
    assertThat(forget(kept)).isZero();

    store.grants().end(grant.id(), EndReason.REVOKED, kept);
    assertThat(forget(kept.plus(UNUSED).minus(TICK))).isZero();
    assertThat(forget(kept.plus(UNUSED))).isEqualTo(1);
  }

  @Test
  void keepsAClientWhoseCodeIsStillToBeUsed() {
    Instant late = NOW.plus(SampleCode.LIFETIME).minus(TICK);
    AuthorizationCode code = SampleCode.of("code", SampleGrant.to(client.id(), "grant"));
    store.grants().add(code);

    assertThat(clients.forgetUnused(NOW, late)).isZero();
    assertThat(isKnown()).isTrue();
  }

  @Test
  void forgetsAClientWhoseCodesExpiredAndWhoseGrantsEnded() {
    store.grants().add(SampleCode.of("code", SampleGrant.to(client.id(), "waiting")));
    Grant ended = inForce(SampleGrant.to(client.id(), "ended"), "1");
    store.grants().end(ended.id(), EndReason.REVOKED, NOW);

    assertThat(forget(NOW.plus(UNUSED))).isEqualTo(1);
  }

  @Test
  void forgetsAClientThoughAnotherHasGrants() {
    inForce(SampleGrant.of("grant"), "1");

    assertThat(forget(NOW.plus(UNUSED))).isEqualTo(1);
  }

  @Test
  void judgesHundredsInOneGo() {
    for (int i = 0; i < 600; i++) {
      clients.add(SampleClient.open("unused " + i));
      clients.add(SampleClient.open("used " + i));
      if (i % 5 == 0) {
        inForce(SampleGrant.to(new ClientId("used " + i), "grant " + i), "token " + i);
      } else {
        clients.used(new ClientId("used " + i), NOW.plus(UNUSED));
      }
    }

    assertThat(forget(NOW.plus(UNUSED))).isEqualTo(601);
    for (int i = 0; i < 600; i++) {
      assertThat(clients.find(new ClientId("used " + i))).isPresent();
    }
  }

  private int forget(Instant now) {
    return clients.forgetUnused(now.minus(UNUSED), now);
  }

  private boolean isKnown() {
    return clients.find(client.id()).isPresent();
  }
}
