package dev.ostiary.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.testkit.SampleClient;
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
}
