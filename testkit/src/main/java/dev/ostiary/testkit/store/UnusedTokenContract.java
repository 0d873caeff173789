package dev.ostiary.testkit.store;

import static dev.ostiary.authorization.store.UpstreamTokenStore.SETTLING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.UpstreamToken;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.authorization.store.UpstreamTokenStore;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.testkit.Race;
import dev.ostiary.testkit.SampleCode;
import dev.ostiary.testkit.SampleGrant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What an {@link UpstreamTokenStore} promises of tokens that no grant rests on: it lists and
 * removes them, and never those of a sign-in that is about to add its grant.
 */
abstract class UnusedTokenContract extends Contract {
  private final UpstreamTokenStore tokens;
  private final UpstreamToken token;

  UnusedTokenContract(Store store) {
    super(store);
    tokens = store.upstreamTokens();
    token = keep("583231", NOW.minus(SETTLING));
  }

  @Test
  void keepsATokenThatAGrantInForceRestsOn() {
    Grant ended = inForce(SampleGrant.on("ended", token.id()), "1");
    inForce(SampleGrant.on("in force", token.id()), "2");
    store.grants().end(ended.id(), EndReason.REVOKED, NOW);

    assertUsed(NOW);
    assertThat(tokens.find(token.id())).contains(token);
  }

  @Test
  void removesATokenWhenItsLastGrantHasEnded() {
    Grant first = inForce(SampleGrant.on("first", token.id()), "1");
    Grant second = inForce(SampleGrant.on("second", token.id()), "2");
    store.grants().end(second.id(), EndReason.REVOKED, NOW);
    store.grants().end(first.id(), EndReason.REVOKED, NOW);

    assertUnused(NOW);
    assertThat(tokens.removeUnused(token.id(), NOW)).isEmpty();
    assertThat(tokens.find(token.id())).isEmpty();
    assertThat(tokens.unused(NOW)).isEmpty();
  }

  @Test
  @Requirement("G-11")
  void removesATokenWhenItsLastGrantHasExpired() {
    Grant grant = inForce(SampleGrant.on("grant", token.id()), "1");
    Instant refreshed = NOW;
    for (int i = 1; refreshed.plus(IDLE).isBefore(grant.expiresAt()); i++) {
      refreshed = refreshed.plus(IDLE).minus(TICK);
      rotate(String.valueOf(i), String.valueOf(i + 1), refreshed);
    }

    assertUsed(grant.expiresAt().minus(TICK));
    assertUnused(grant.expiresAt());
  }

  @Test
  @Requirement("G-11")
  void removesATokenWhenItsLastGrantCannotBeUsedAnyMore() {
    inForce(SampleGrant.on("grant", token.id()), "1");
    Instant refreshed = NOW.plus(IDLE).minus(TICK);
    rotate("1", "2", refreshed);

    assertUsed(refreshed.plus(IDLE).plus(GrantStore.ACCESS_TOKEN_MOST).minus(TICK));
    assertUnused(refreshed.plus(IDLE).plus(GrantStore.KEPT_UNUSABLE));
  }

  @Test
  @Requirement("G-11")
  void removesATokenWhenACodeIsNotRedeemed() {
    AuthorizationCode code = SampleCode.of("code", SampleGrant.on("grant", token.id()));
    store.grants().add(code);

    assertUsed(code.expiresAt().minus(TICK));
    assertUnused(code.expiresAt());
  }

  @Test
  void removesATokenWhoseGrantEndedBeforeItsCodeWasRedeemed() {
    AuthorizationCode code = SampleCode.of("code", SampleGrant.on("grant", token.id()));
    store.grants().add(code);
    store.grants().end(code.grant().id(), EndReason.REVOKED, NOW);

    assertUnused(NOW);
  }

  @Test
  void keepsATokenForTheCodeThatIsLeftWhenAGrantEnds() {
    Grant grant = inForce(SampleGrant.on("grant", token.id()), "1");
    AuthorizationCode code = SampleCode.of("code", SampleGrant.on("waiting", token.id()));
    store.grants().add(code);
    store.grants().end(grant.id(), EndReason.REVOKED, NOW);

    assertUsed(code.expiresAt().minus(TICK));
    assertUnused(code.expiresAt());
  }

  @Test
  void removesATokenThatNoGrantWasEverMadeFor() {
    assertUnused(NOW);
  }

  @Test
  void findsATokenAfterItsGrantsWereForgotten() {
    Grant grant = inForce(SampleGrant.on("grant", token.id()), "1");

    store.purge(grant.expiresAt());

    assertUnused(grant.expiresAt());
  }

  @Test
  void sparesATokenThatWasJustKept() {
    keep("583231", NOW);

    assertUsed(NOW);
    assertUsed(NOW.plus(SETTLING).minus(TICK));
    assertThat(tokens.removeUnused(token.id(), NOW.plus(SETTLING))).isPresent();
  }

  @Test
  void sparesATokenThatWasJustKeptWhenAnEarlierGrantEnds() {
    Grant grant = inForce(SampleGrant.on("grant", token.id()), "1");
    keep("583231", NOW);
    store.grants().end(grant.id(), EndReason.REVOKED, NOW);

    assertUsed(NOW.plus(SETTLING).minus(TICK));
    assertThat(tokens.unused(NOW.plus(SETTLING))).containsExactly(token.id());
  }

  @Test
  void doesNotTakeARefreshForASignIn() {
    var lease = tokens.lease(token.id(), token.version(), Duration.ofSeconds(30), NOW);
    tokens.replace(lease.orElseThrow(), token.tokens(), null);

    assertThat(tokens.unused(NOW)).containsExactly(token.id());
    assertThat(tokens.removeUnused(token.id(), NOW)).isPresent();
  }

  @Test
  void listsOnlyWhatIsUnused() {
    UpstreamTokenId used = keep("1", NOW.minus(SETTLING)).id();
    UpstreamTokenId waitedFor = keep("2", NOW.minus(SETTLING)).id();
    UpstreamTokenId another = keep("3", NOW.minus(SETTLING)).id();
    keep("4", NOW);
    inForce(SampleGrant.on("used", used), "1");
    store.grants().add(SampleCode.of("code", SampleGrant.on("waiting", waitedFor)));

    assertThat(tokens.unused(NOW)).containsExactlyInAnyOrder(token.id(), another);
  }

  @Test
  void listsSoManyAtOnceAndTheOthersAfterThose() {
    for (int user = 0; user < UpstreamTokenStore.UNUSED_LISTED; user++) {
      keep(String.valueOf(user), NOW.minus(SETTLING));
    }

    List<UpstreamTokenId> first = tokens.unused(NOW);
    first.forEach(id -> tokens.removeUnused(id, NOW));
    List<UpstreamTokenId> second = tokens.unused(NOW);

    assertThat(first).hasSize(UpstreamTokenStore.UNUSED_LISTED).doesNotHaveDuplicates();
    assertThat(second).hasSize(1).doesNotContainAnyElementsOf(first);
  }

  @Test
  void letsOneOfManyRemoveAToken() throws Exception {
    List<Optional<UpstreamToken>> removed = Race.of(() -> tokens.removeUnused(token.id(), NOW));

    assertThat(removed).filteredOn(Optional::isPresent).hasSize(1);
  }

  /** Each signs in, and has another grant on the same tokens end before it has added its own. */
  @Test
  @Requirement("G-11")
  void removesNoTokenBetweenASignInAndItsGrant() throws Exception {
    AtomicInteger number = new AtomicInteger();

    List<Boolean> found =
        Race.of(
            () -> {
              int runner = number.incrementAndGet();
              Grant ending = SampleGrant.on("ending " + runner, token.id());
              store.grants().add(SampleCode.of("ending " + runner, ending));
              UpstreamTokenId id = keep("583231", NOW).id();
              store.grants().end(ending.id(), EndReason.REVOKED, NOW);
              tokens.removeUnused(id, NOW);
              tokens.unused(NOW).forEach(unused -> tokens.removeUnused(unused, NOW));
              store.grants().add(SampleCode.of("code " + runner, SampleGrant.on("g" + runner, id)));
              return tokens.find(id).isPresent();
            });

    assertThat(found).hasSize(Race.RUNNERS).containsOnly(true);
  }

  private void assertUsed(Instant now) {
    assertThat(tokens.unused(now)).isEmpty();
    assertThat(tokens.removeUnused(token.id(), now)).isEmpty();
  }

  private void assertUnused(Instant now) {
    assertThat(tokens.unused(now)).containsExactly(token.id());
    assertThat(tokens.removeUnused(token.id(), now)).contains(token);
  }

  private UpstreamToken keep(String user, Instant now) {
    Sealed sealed = Sealed.of(new byte[] {1});
    return tokens.keep("github", user, SampleGrant.SCOPES, sealed, null, now).token();
  }
}
