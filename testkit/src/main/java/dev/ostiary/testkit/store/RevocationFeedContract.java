package dev.ostiary.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.Revocation;
import dev.ostiary.authorization.store.RevocationFeed;
import dev.ostiary.authorization.store.RevocationFeed.Entry;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.testkit.Race;
import dev.ostiary.testkit.SampleGrant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a {@link RevocationFeed} promises. */
abstract class RevocationFeedContract extends Contract {
  private static final Instant LATER = NOW.plus(Duration.ofHours(1));

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
        .extracting(Entry::revocation)
        .containsExactly(ended("first"), ended("second"));
    assertThat(feed.since(0)).extracting(Entry::epoch).isSorted().doesNotHaveDuplicates();
    assertThat(feed.since(0).getLast().epoch()).isEqualTo(feed.epoch());
  }

  @Test
  void saysOnlyWhatIsNew() {
    end("first");
    long seen = feed.epoch();
    end("second");

    assertThat(feed.since(seen)).extracting(Entry::revocation).containsExactly(ended("second"));
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
    assertThat(feed.since(0)).extracting(Entry::epoch).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void saysWhichAccessTokensWereRevoked() {
    end("grant");

    assertThat(feed.revoke("token", LATER, NOW)).isTrue();

    assertThat(feed.since(0))
        .extracting(Entry::revocation)
        .containsExactly(ended("grant"), new Revocation.RevokedToken("token", LATER));
    assertThat(feed.since(0).getLast().epoch()).isEqualTo(feed.epoch());
  }

  @Test
  void revokesAnAccessTokenOnce() {
    feed.revoke("token", LATER, NOW);

    assertThat(feed.revoke("token", LATER, NOW)).isFalse();

    assertThat(feed.since(0)).hasSize(1);
    assertThat(feed.epoch()).isEqualTo(feed.since(0).getLast().epoch());
  }

  @Test
  void letsOneOfManyRevokeAnAccessToken() throws Exception {
    List<Boolean> revoked = Race.of(() -> feed.revoke("token", LATER, NOW));

    assertThat(revoked).filteredOn(Boolean::booleanValue).hasSize(1);
    assertThat(feed.since(0)).hasSize(1);
  }

  @Test
  void findsNoGrantForARevokedAccessTokenAndTheGrantForItsOthers() {
    Grant grant = inForce(SampleGrant.of("grant"), "refresh");
    assertThat(store.grants().findFor(grant.id(), "token", NOW)).contains(grant);

    feed.revoke("token", LATER, NOW);

    assertThat(store.grants().findFor(grant.id(), "token", NOW)).isEmpty();
    assertThat(store.grants().findFor(grant.id(), "another", NOW)).contains(grant);
    assertThat(store.grants().find(grant.id(), NOW)).contains(grant);
    end(grant);
    assertThat(store.grants().findFor(grant.id(), "another", NOW)).isEmpty();
  }

  @Test
  void knowsARevokedAccessTokenUntilItsExpiryIsCertain() {
    Grant grant = inForce(SampleGrant.of("grant"), "refresh");
    feed.revoke("token", LATER, NOW);
    Instant certain = LATER.plus(RevocationFeed.KEPT_EXPIRED);

    store.purge(certain.minus(TICK));
    assertThat(store.grants().findFor(grant.id(), "token", NOW)).isEmpty();
    assertThat(feed.since(0)).hasSize(1);

    store.purge(certain);
    assertThat(feed.since(0)).isEmpty();
    assertThat(feed.revoke("token", LATER, NOW)).isTrue();
  }

  private static Revocation ended(String grantId) {
    return new Revocation.EndedGrant(new GrantId(grantId));
  }

  private void end(String grantId) {
    end(inForce(SampleGrant.of(grantId), "refresh of " + grantId));
  }

  private void end(Grant grant) {
    store.grants().end(grant.id(), EndReason.REVOKED, NOW);
  }
}
