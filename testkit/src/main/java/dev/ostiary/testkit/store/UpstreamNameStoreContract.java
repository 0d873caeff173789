package dev.ostiary.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.UpstreamNameStore;
import dev.ostiary.authorization.store.UpstreamNameStore.Kind;
import dev.ostiary.authorization.store.UpstreamNameStore.Name;
import dev.ostiary.testkit.Race;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What an {@link UpstreamNameStore} promises. */
abstract class UpstreamNameStoreContract extends Contract {
  private final UpstreamNameStore names;
  private final Name octocat = new Name("github", Kind.USER, "octocat");

  UpstreamNameStoreContract(Store store) {
    super(store);
    names = store.upstreamNames();
  }

  @Test
  void keepsWhatANameMeantFirst() {
    assertThat(names.find(octocat)).isEmpty();

    assertThat(names.keep(octocat, "583231", NOW)).isEqualTo("583231");
    assertThat(names.keep(octocat, "999", NOW.plusSeconds(1))).isEqualTo("583231");

    assertThat(names.find(octocat)).contains("583231");
  }

  @Test
  void tellsKindsAndUpstreamsApart() {
    names.keep(octocat, "583231", NOW);

    assertThat(names.find(new Name("github", Kind.ORGANIZATION, "octocat"))).isEmpty();
    assertThat(names.find(new Name("corporate", Kind.USER, "octocat"))).isEmpty();
    assertThat(names.find(new Name("github", Kind.USER, "octocat2"))).isEmpty();
  }

  @Test
  void tellsAllTheSameWhenManyKeepDifferentIds() throws Exception {
    AtomicInteger next = new AtomicInteger();

    Set<String> told =
        new HashSet<>(
            Race.of(() -> names.keep(octocat, Integer.toString(next.incrementAndGet()), NOW)));

    assertThat(told).hasSize(1);
    assertThat(names.find(octocat)).isEqualTo(told.stream().findFirst());
  }
}
