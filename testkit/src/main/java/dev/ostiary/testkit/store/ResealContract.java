package dev.ostiary.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.UpstreamToken;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.authorization.store.UpstreamTokenStore;
import dev.ostiary.authorization.store.UpstreamTokenStore.Lease;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.testkit.Race;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What an {@link UpstreamTokenStore} promises of sealing tokens anew. */
abstract class ResealContract extends Contract {
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final UpstreamTokenStore tokens;

  ResealContract(Store store) {
    super(store);
    tokens = store.upstreamTokens();
  }

  @Test
  void givesEveryTokenOnceInPages() {
    int number = UpstreamTokenStore.PAGE + 1;
    for (int i = 0; i < number; i++) {
      keep("user-" + i);
    }

    List<UpstreamToken> first = tokens.after(null);
    List<UpstreamToken> second = tokens.after(first.getLast().id());

    assertThat(first).hasSize(UpstreamTokenStore.PAGE);
    assertThat(second).hasSize(1);
    assertThat(tokens.after(second.getLast().id())).isEmpty();
    List<UpstreamToken> all = new ArrayList<>(first);
    all.addAll(second);
    assertThat(new HashSet<>(all)).hasSize(number);
    assertThat(tokens.find(second.getFirst().id())).contains(second.getFirst());
  }

  @Test
  void resealsTokensThatAreAsTheyWere() {
    UpstreamToken token = keep("user");

    assertThat(tokens.reseal(token.id(), sealed("another"), sealed("fresh"))).isFalse();
    assertThat(tokens.reseal(new UpstreamTokenId("unknown"), token.tokens(), sealed("fresh")))
        .isFalse();
    assertThat(tokens.reseal(token.id(), token.tokens(), sealed("fresh"))).isTrue();

    UpstreamToken resealed = tokens.find(token.id()).orElseThrow();
    assertThat(resealed.tokens()).isEqualTo(sealed("fresh"));
    assertThat(resealed.version()).isEqualTo(token.version());
  }

  @Test
  void doesNotDisturbARefreshThatIsUnderWay() {
    UpstreamToken token = keep("user");
    Lease lease = tokens.lease(token.id(), token.version(), LEASE, NOW).orElseThrow();

    assertThat(tokens.reseal(token.id(), token.tokens(), sealed("fresh"))).isTrue();

    assertThat(tokens.lease(token.id(), token.version(), LEASE, NOW)).isEmpty();
    assertThat(tokens.replace(lease, sealed("refreshed"), null)).isTrue();
    assertThat(tokens.find(token.id()).orElseThrow().tokens()).isEqualTo(sealed("refreshed"));
  }

  @Test
  void neverOverwritesWhatARefreshBrought() throws Exception {
    for (int round = 0; round < 20; round++) {
      UpstreamToken token = keep("user-" + round);
      Lease lease = tokens.lease(token.id(), token.version(), LEASE, NOW).orElseThrow();
      AtomicInteger number = new AtomicInteger();

      List<Boolean> resealed =
          Race.of(
              () ->
                  number.getAndIncrement() == Race.RUNNERS / 2
                      ? !tokens.replace(lease, sealed("refreshed"), null)
                      : tokens.reseal(token.id(), token.tokens(), sealed("fresh")));

      assertThat(resealed.stream().filter(done -> done).count()).isLessThanOrEqualTo(1);
      assertThat(tokens.find(token.id()).orElseThrow().tokens()).isEqualTo(sealed("refreshed"));
    }
  }

  private UpstreamToken keep(String user) {
    return tokens.keep("github", user, Scopes.of("repo"), sealed("old"), null, NOW).token();
  }

  private static Sealed sealed(String text) {
    return Sealed.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
