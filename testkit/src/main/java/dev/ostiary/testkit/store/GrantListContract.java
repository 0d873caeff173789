package dev.ostiary.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantFilter;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.ListedGrant;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Subject;
import dev.ostiary.testkit.SampleClient;
import dev.ostiary.testkit.SampleCode;
import dev.ostiary.testkit.SampleGrant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a {@link GrantStore} promises of the list of its grants. */
abstract class GrantListContract extends Contract {
  private static final int MOST = 10;
  private static final ClientId OTHER = new ClientId("other");

  private final GrantStore grants;

  GrantListContract(Store store) {
    super(store);
    grants = store.grants();
  }

  @Test
  void hasWhatIsInForceAndWhatWaitsForItsCode() {
    Grant inForce = inForce(SampleGrant.of("in force"), "1");
    Grant ended = inForce(SampleGrant.of("ended"), "2");
    grants.end(ended.id(), EndReason.REVOKED, NOW);
    Grant waiting = SampleGrant.of("waiting");
    AuthorizationCode code = SampleCode.of("code", waiting);
    grants.add(code);

    assertThat(list(GrantFilter.ALL, NOW))
        .containsExactlyInAnyOrder(new ListedGrant(inForce, NOW), new ListedGrant(waiting, null));
    assertThat(listed(GrantFilter.ALL, code.expiresAt())).containsExactly(inForce);
    assertThat(listed(GrantFilter.ALL, inForce.expiresAt())).isEmpty();
  }

  @Test
  void saysWhenAGrantWasUsedLast() {
    Grant grant = inForce(SampleGrant.of("grant"), "1");
    rotate("1", "2", NOW.plusSeconds(60));
    rotate("1", "2", NOW.plusSeconds(70));

    assertThat(list(GrantFilter.ALL, NOW.plusSeconds(80)))
        .containsExactly(new ListedGrant(grant, NOW.plusSeconds(60)));
  }

  @Test
  void tellsWhoseTheyAre() {
    Subject mona = new Subject("github:2");
    Grant mine = inForce(SampleGrant.of("mine"), "1");
    Grant elsewhere = inForce(SampleGrant.to(OTHER, "elsewhere"), "2");
    Grant hers = inForce(SampleGrant.between("hers", mona, OTHER, SampleGrant.RESOURCE), "3");

    assertThat(listed(GrantFilter.ALL, NOW)).containsExactlyInAnyOrder(mine, elsewhere, hers);
    assertThat(listed(GrantFilter.of(mona), NOW)).containsExactly(hers);
    assertThat(listed(GrantFilter.of(OTHER), NOW)).containsExactlyInAnyOrder(elsewhere, hers);
    assertThat(listed(GrantFilter.of(new GrantId("mine")), NOW)).containsExactly(mine);
    assertThat(listed(new GrantFilter(null, null, "octocat", null), NOW))
        .containsExactlyInAnyOrder(mine, elsewhere);
    assertThat(listed(new GrantFilter(null, mona, "somebody", OTHER), NOW)).containsExactly(hers);
    assertThat(listed(new GrantFilter(null, mona, null, SampleClient.ID), NOW)).isEmpty();
    assertThat(listed(GrantFilter.of(new ClientId("third")), NOW)).isEmpty();
  }

  @Test
  void goesPageByPageFromThoseThatLastLongest() {
    List<Grant> newestFirst = new ArrayList<>();
    for (int i = 0; i < 2 * MOST + 5; i++) {
      String id = "%02d".formatted(i);
      newestFirst.add(inForce(SampleGrant.at(id, NOW.minusSeconds(i / 3)), "refresh " + i));
    }

    List<Grant> seen = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    @Nullable Grant after = null;
    do {
      List<Grant> page = grants(grants.list(GrantFilter.ALL, after, MOST, NOW));
      sizes.add(page.size());
      seen.addAll(page);
      after = page.isEmpty() ? null : page.getLast();
    } while (after != null);

    assertThat(sizes).containsExactly(MOST, MOST, 5, 0);
    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(newestFirst)
        .isSortedAccordingTo((one, other) -> other.expiresAt().compareTo(one.expiresAt()));
  }

  @Test
  void goesOnWhereItWasWhenGrantsEndInBetween() {
    for (int i = 0; i < 2 * MOST; i++) {
      inForce(SampleGrant.at("grant " + i, NOW.minusSeconds(i)), "refresh " + i);
    }
    List<Grant> first = grants(grants.list(GrantFilter.ALL, null, MOST, NOW));
    first.forEach(grant -> grants.end(grant.id(), EndReason.OPERATOR, NOW));

    assertThat(grants(grants.list(GrantFilter.ALL, first.getLast(), MOST, NOW)))
        .hasSize(MOST)
        .doesNotContainAnyElementsOf(first);
  }

  private List<ListedGrant> list(GrantFilter filter, Instant now) {
    return grants.list(filter, null, MOST, now);
  }

  private List<Grant> listed(GrantFilter filter, Instant now) {
    return grants(list(filter, now));
  }

  private static List<Grant> grants(List<ListedGrant> listed) {
    return listed.stream().map(ListedGrant::grant).toList();
  }
}
