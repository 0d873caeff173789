package dev.ostiary.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.Revocation;
import dev.ostiary.authorization.store.RevocationFeed;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Subject;
import dev.ostiary.testkit.Race;
import dev.ostiary.testkit.SampleClient;
import dev.ostiary.testkit.SampleCode;
import dev.ostiary.testkit.SampleGrant;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link GrantStore} promises of grants. */
abstract class GrantContract extends Contract {
  private final GrantStore grants;
  private final Grant grant = SampleGrant.of("grant");

  GrantContract(Store store) {
    super(store);
    grants = store.grants();
  }

  @Test
  void answersThePing() {
    store.ping();
  }

  @Test
  void remembersHowTheClientProvedWhoItIs() {
    Grant proven = SampleGrant.toProven("proven");
    inForce(proven, "refresh of the proven");

    assertThat(grants.find(proven.id(), NOW)).contains(proven);
  }

  @Test
  void findsAGrantUntilItExpires() {
    inForce(grant, "refresh");

    assertThat(grants.find(grant.id(), grant.expiresAt().minus(TICK))).contains(grant);
    assertThat(grants.find(grant.id(), grant.expiresAt())).isEmpty();
    assertThat(grants.find(new GrantId("another"), NOW)).isEmpty();
  }

  @Test
  void listsTheGrantsInForceOfOnePersonToOneClientAtOneResource() {
    Subject mona = new Subject("github:2");
    ClientId client = new ClientId("other");
    Resource resource = new Resource("https://mcp.example.com/other/mcp");
    inForce(grant, "1");
    inForce(SampleGrant.between("a", mona, SampleClient.ID, SampleGrant.RESOURCE), "2");
    inForce(SampleGrant.between("b", SampleGrant.SUBJECT, client, SampleGrant.RESOURCE), "3");
    inForce(SampleGrant.between("c", SampleGrant.SUBJECT, SampleClient.ID, resource), "4");
    inForce(SampleGrant.of("ended"), "5");
    grants.end(new GrantId("ended"), EndReason.REVOKED, NOW);
    grants.add(SampleCode.of("code", "waiting"));

    assertThat(listed(NOW)).containsExactly(grant);
    assertThat(listed(grant.expiresAt().minus(TICK))).containsExactly(grant);
    assertThat(listed(grant.expiresAt())).isEmpty();
  }

  @Test
  void listsTheNewestGrantsAndNotAllOfVeryMany() {
    for (int i = 0; i < GrantStore.MOST_LISTED + 10; i++) {
      inForce(SampleGrant.at("grant " + i, NOW.minusSeconds(i)), "refresh " + i);
    }

    assertThat(listed(NOW))
        .hasSize(GrantStore.MOST_LISTED)
        .isSortedAccordingTo(Comparator.comparing(Grant::createdAt).reversed())
        .first()
        .isEqualTo(SampleGrant.at("grant 0", NOW));
  }

  private List<Grant> listed(Instant now) {
    return grants.inForce(SampleGrant.SUBJECT, SampleClient.ID, SampleGrant.RESOURCE, now);
  }

  @Test
  void endsAGrantOnce() {
    inForce(grant, "refresh");

    assertThat(grants.end(grant.id(), EndReason.REFRESH_REUSED, NOW)).isTrue();
    assertThat(grants.end(grant.id(), EndReason.REVOKED, NOW)).isFalse();

    assertThat(grants.find(grant.id(), NOW)).isEmpty();
    assertThat(store.revocations().since(0)).hasSize(1);
  }

  @Test
  void endsOnlyThisGrantOfTheClient() {
    Grant other = SampleGrant.of("other");
    inForce(grant, "refresh");
    inForce(other, "other refresh");

    grants.end(grant.id(), EndReason.REVOKED, NOW);

    assertThat(grants.find(other.id(), NOW)).contains(other);
  }

  @Test
  void endsNothingThatItDoesNotKnow() {
    assertThat(grants.end(new GrantId("another"), EndReason.REVOKED, NOW)).isFalse();
    assertThat(store.revocations().since(0)).isEmpty();
  }

  @Test
  void endsSeveralAndTellsWhichItEnded() {
    inForce(grant, "refresh");
    inForce(SampleGrant.of("second"), "second refresh");
    inForce(SampleGrant.of("third"), "third refresh");
    inForce(SampleGrant.of("ended"), "ended refresh");
    grants.end(new GrantId("ended"), EndReason.REVOKED, NOW);

    List<GrantId> ended =
        grants.endAll(
            List.of(
                grant.id(), new GrantId("ended"), new GrantId("unknown"), new GrantId("second")),
            EndReason.OPERATOR,
            NOW);

    assertThat(ended).containsExactly(grant.id(), new GrantId("second"));
    assertThat(grants.find(grant.id(), NOW)).isEmpty();
    assertThat(grants.find(new GrantId("third"), NOW)).isPresent();
    assertThat(store.revocations().since(1))
        .extracting(RevocationFeed.Entry::revocation)
        .containsExactly(
            new Revocation.EndedGrant(grant.id()),
            new Revocation.EndedGrant(new GrantId("second")));
    assertThat(grants.endAll(List.of(), EndReason.OPERATOR, NOW)).isEmpty();
  }

  @Test
  void letsOneOfManyEndAGrant() throws Exception {
    inForce(grant, "refresh");

    List<Boolean> ended = Race.of(() -> grants.end(grant.id(), EndReason.CODE_REPLAYED, NOW));

    assertThat(ended).filteredOn(Boolean::booleanValue).hasSize(1);
    assertThat(store.revocations().since(0)).hasSize(1);
  }
}
