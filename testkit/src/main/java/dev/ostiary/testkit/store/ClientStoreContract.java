package dev.ostiary.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.registration.ClientKeys;
import dev.ostiary.protocol.registration.ClientMetadata;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.testkit.Race;
import dev.ostiary.testkit.SampleClient;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a {@link ClientStore} promises. */
abstract class ClientStoreContract extends Contract {
  private final ClientStore clients;

  ClientStoreContract(Store store) {
    super(store);
    clients = store.clients();
  }

  @Test
  void findsAClientAsItWasRegistered() {
    RegisteredClient client = SampleClient.confidential("a", "secret");
    clients.add(client);

    assertThat(clients.find(new ClientId("a"))).contains(client);
  }

  @Test
  void findsAClientThatSaidNothingOfItself() {
    RegisteredClient client = SampleClient.bare("a");
    clients.add(client);

    assertThat(clients.find(new ClientId("a"))).contains(client);
  }

  @Test
  void findsAClientWithItsKeys() {
    ClientKeys inline = new ClientKeys(new ClientKeys.Inline("{\"keys\":[]}"), "ES256");
    ClientKeys elsewhere =
        new ClientKeys(new ClientKeys.At(URI.create("https://client.example/keys")), null);
    clients.add(SampleClient.withKeys("a", inline));
    clients.add(SampleClient.withKeys("b", elsewhere));

    assertThat(clients.find(new ClientId("a"))).contains(SampleClient.withKeys("a", inline));
    assertThat(clients.find(new ClientId("b"))).contains(SampleClient.withKeys("b", elsewhere));
  }

  @Test
  void tellsClientsApart() {
    clients.add(SampleClient.open("a"));
    clients.add(SampleClient.open("A"));

    assertThat(clients.find(new ClientId("A"))).contains(SampleClient.open("A"));
    assertThat(clients.find(new ClientId("a "))).isEmpty();
  }

  @Test
  void refusesASecondClientOfTheSameId() {
    RegisteredClient first = SampleClient.open("a");
    clients.add(first);

    assertThatThrownBy(() -> clients.add(SampleClient.confidential("a", "secret")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(clients.find(new ClientId("a"))).contains(first);
  }

  @Test
  void findsWhatTheOperatorNamed() {
    RegisteredClient client = SampleClient.configured("a");
    clients.add(client);

    assertThat(clients.find(client.id())).contains(client);
  }

  @Test
  @Requirement("R-30")
  void replacesSecretAndMetadataAndNothingElse() {
    RegisteredClient before = SampleClient.confidential("a", "secret");
    RegisteredClient other = SampleClient.open("b");
    clients.add(before);
    clients.add(other);
    ClientMetadata metadata = SampleClient.bare("a").metadata();

    assertThat(
            clients.replace(
                new RegisteredClient(
                    before.id(), ClientKind.CONFIGURED, null, null, metadata, NOW.plus(TICK))))
        .isTrue();

    assertThat(clients.find(before.id()))
        .contains(
            new RegisteredClient(
                before.id(),
                ClientKind.REGISTERED,
                null,
                before.registrationToken(),
                metadata,
                before.registeredAt()));
    assertThat(clients.find(other.id())).contains(other);
  }

  @Test
  void replacesNothingThatIsNotThere() {
    assertThat(clients.replace(SampleClient.open("a"))).isFalse();
    assertThat(clients.find(new ClientId("a"))).isEmpty();
  }

  @Test
  @Requirement("R-30")
  void removesAClientOnce() {
    RegisteredClient other = SampleClient.open("b");
    clients.add(SampleClient.open("a"));
    clients.add(other);

    assertThat(clients.remove(new ClientId("a"))).isTrue();

    assertThat(clients.remove(new ClientId("a"))).isFalse();
    assertThat(clients.find(new ClientId("a"))).isEmpty();
    assertThat(clients.find(other.id())).contains(other);
  }

  @Test
  void letsOneOfManyRemoveAClient() throws Exception {
    clients.add(SampleClient.open("a"));

    List<Boolean> removed = Race.of(() -> clients.remove(new ClientId("a")));

    assertThat(removed).filteredOn(Boolean::booleanValue).hasSize(1);
  }

  @Test
  void keepsADocumentAndItsSuccessor() {
    RegisteredClient first = SampleClient.document("https://a.example/c", "First", NOW);
    RegisteredClient second =
        SampleClient.document("https://a.example/c", "Second", NOW.plus(TICK));

    assertThat(clients.keep(first)).isEmpty();
    assertThat(clients.find(first.id())).contains(first);
    assertThat(clients.keep(second)).contains(first);
    assertThat(clients.find(first.id())).contains(second);
  }

  @Test
  void tellsOneOfManyThatADocumentHasChanged() throws Exception {
    RegisteredClient first = SampleClient.document("https://a.example/c", "First", NOW);
    RegisteredClient second =
        SampleClient.document("https://a.example/c", "Second", NOW.plus(TICK));
    clients.keep(first);

    List<Optional<RegisteredClient>> before = Race.of(() -> clients.keep(second));

    assertThat(before).filteredOn(found -> found.equals(Optional.of(first))).hasSize(1);
    assertThat(before).filteredOn(found -> found.equals(Optional.of(second))).hasSize(63);
  }
}
