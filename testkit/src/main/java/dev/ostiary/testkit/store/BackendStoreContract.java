package dev.ostiary.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.store.BackendStore;
import dev.ostiary.authorization.store.BackendStore.Era;
import dev.ostiary.authorization.store.BackendStore.Finding;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.testkit.Race;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a {@link BackendStore} promises. */
abstract class BackendStoreContract extends Contract {
  private final BackendStore backends;

  BackendStoreContract(Store store) {
    super(store);
    this.backends = store.backends();
  }

  @Test
  void keepsTheLatestFindingOfEachEra() {
    Finding modern = new Finding(Era.MODERN, true, NOW.plusSeconds(1));
    Finding legacy = new Finding(Era.LEGACY, false, NOW);

    backends.learn("a", new Finding(Era.MODERN, false, NOW));
    backends.learn("a", modern);
    backends.learn("a", legacy);

    assertThat(backends.find("a")).containsExactlyInAnyOrder(modern, legacy);
  }

  @Test
  void tellsBackendsApart() {
    backends.learn("a", new Finding(Era.MODERN, true, NOW));

    assertThat(backends.find("b")).isEmpty();
  }

  @Test
  void keepsOneFindingWhenManyLearnAtOnce() throws Exception {
    AtomicInteger next = new AtomicInteger();

    Race.of(
        () -> {
          backends.learn("a", new Finding(Era.MODERN, next.getAndIncrement() % 2 == 0, NOW));
          return true;
        });

    assertThat(backends.find("a")).hasSize(1);
  }

  @Test
  void forgetsWhatWasFoundLongAgo() {
    backends.learn("old", new Finding(Era.MODERN, true, NOW));
    backends.learn("new", new Finding(Era.MODERN, true, NOW.plusSeconds(1)));

    store.purge(NOW.plus(BackendStore.KEPT));

    assertThat(backends.find("old")).isEmpty();
    assertThat(backends.find("new")).hasSize(1);
  }
}
