package dev.ostiary.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.RevocationFeed;
import dev.ostiary.authorization.store.RevocationFeed.Ended;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.testkit.Race;
import dev.ostiary.testkit.SampleGrant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a {@link RevocationFeed} promises. */
abstract class RevocationFeedContract extends Contract {
  private final RevocationFeed feed;

  RevocationFeedContract(Store store) {
    super(store);
    feed = store.revocations();
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(feed.epoch()).isZero();
    assertThat(feed.since(0)).isEmpty();
  }

  @Test
  void saysWhatEndedInOrder() {
    end("first");
    end("second");

    assertThat(feed.since(0))
        .extracting(ended -> ended.grant().value())
        .containsExactly("first", "second");
    assertThat(feed.since(0)).extracting(Ended::epoch).isSorted().doesNotHaveDuplicates();
    assertThat(feed.since(0).getLast().epoch()).isEqualTo(feed.epoch());
  }

  @Test
  void saysOnlyWhatIsNew() {
    end("first");
    long seen = feed.epoch();
    end("second");

    assertThat(feed.since(seen))
        .extracting(ended -> ended.grant().value())
        .containsExactly("second");
    assertThat(feed.since(feed.epoch())).isEmpty();
  }

  @Test
  void keepsEntriesForAsLongAsItPromises() {
    end("grant");

    store.purge(NOW.plus(RevocationFeed.KEPT).minus(TICK));

    assertThat(feed.since(0)).hasSize(1);
  }

  @Test
  void neverGivesAnEpochTwice() {
    end("first");
    long first = feed.epoch();
    store.purge(NOW.plus(RevocationFeed.KEPT));

    assertThat(feed.since(0)).isEmpty();
    assertThat(feed.epoch()).isEqualTo(first);

    end("second");
    assertThat(feed.since(first)).hasSize(1);
    assertThat(feed.epoch()).isGreaterThan(first);
  }

  @Test
  void losesNothingWhenManyEndAtOnce() throws Exception {
    for (int i = 1; i <= Race.RUNNERS; i++) {
      inForce(SampleGrant.of("grant-" + i), "refresh-" + i);
    }
    AtomicInteger number = new AtomicInteger();

    List<Boolean> ended =
        Race.of(
            () -> {
              Grant grant = SampleGrant.of("grant-" + number.incrementAndGet());
              return store.grants().end(grant.id(), EndReason.REVOKED, NOW);
            });

    assertThat(ended).containsOnly(true);
    assertThat(feed.since(0)).hasSize(Race.RUNNERS);
    assertThat(feed.since(0)).extracting(Ended::epoch).isSorted().doesNotHaveDuplicates();
  }

  private void end(String grantId) {
    Grant grant = inForce(SampleGrant.of(grantId), "refresh of " + grantId);
    store.grants().end(grant.id(), EndReason.REVOKED, NOW);
  }
}
