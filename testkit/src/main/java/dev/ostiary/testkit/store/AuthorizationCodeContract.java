package dev.ostiary.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.hash.CodeHash;
import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.GrantStore.Redemption;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.testkit.Race;
import dev.ostiary.testkit.SampleCode;
import dev.ostiary.testkit.SampleGrant;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a {@link GrantStore} promises of authorization codes. */
abstract class AuthorizationCodeContract extends Contract {
  private final GrantStore grants;
  private final AuthorizationCode code = SampleCode.of("code", "grant");
  private final Grant grant = code.grant();

  AuthorizationCodeContract(Store store) {
    super(store);
    grants = store.grants();
  }

  @Test
  void findsACodeAsItWasIssued() {
    grants.add(code);

    assertThat(grants.find(code.hash())).contains(code);
    assertThat(grants.find(CodeHash.of("another"))).isEmpty();
  }

  @Test
  void findsACodeWhoseGrantRestsOnAnUpstreamToken() {
    AuthorizationCode other =
        SampleCode.of("other", SampleGrant.on("grant", new UpstreamTokenId("token")));
    grants.add(other);

    assertThat(grants.find(other.hash())).contains(other);
  }

  @Test
  void putsTheGrantInForceOnlyWhenTheCodeIsRedeemed() {
    grants.add(code);
    assertThat(grants.find(grant.id(), NOW)).isEmpty();

    assertThat(redeem(code, "first", NOW)).isEqualTo(new Redemption.Won(grant));

    assertThat(grants.find(grant.id(), NOW)).contains(grant);
  }

  @Test
  void issuesTheFirstRefreshToken() {
    grants.add(code);
    redeem(code, "first", NOW);

    assertThat(grants.find(RefreshHash.of("first"), NOW))
        .hasValueSatisfying(
            token -> {
              assertThat(token.hash()).isEqualTo(RefreshHash.of("first"));
              assertThat(token.grant()).isEqualTo(grant);
              assertThat(token.generation()).isEqualTo(1);
              assertThat(token.expiresAt()).isEqualTo(NOW.plus(IDLE));
            });
  }

  @Test
  @Requirement("R-9")
  void redeemsACodeOnceAndIssuesNothingAgain() {
    grants.add(code);
    redeem(code, "first", NOW);

    assertThat(redeem(code, "second", NOW)).isEqualTo(new Redemption.Replayed(grant));
    assertThat(grants.find(RefreshHash.of("second"), NOW)).isEmpty();
    assertThat(grants.find(RefreshHash.of("first"), NOW)).isPresent();
  }

  @Test
  void doesNotKnowACodeThatWasNeverIssued() {
    assertThat(redeem(code, "first", NOW)).isEqualTo(new Redemption.Unknown());
  }

  @Test
  @Requirement("R-9")
  void doesNotKnowACodeThatExpiredUnused() {
    grants.add(code);

    assertThat(redeem(code, "first", code.expiresAt())).isEqualTo(new Redemption.Unknown());
    assertThat(grants.find(grant.id(), NOW)).isEmpty();
    assertThat(redeem(code, "first", code.expiresAt().minus(TICK)))
        .isEqualTo(new Redemption.Won(grant));
  }

  @Test
  void doesNotKnowACodeWhoseGrantHasEnded() {
    grants.add(code);
    redeem(code, "first", NOW);
    grants.end(grant.id(), EndReason.REVOKED, NOW);

    assertThat(redeem(code, "second", NOW)).isEqualTo(new Redemption.Unknown());
  }

  @Test
  void doesNotKnowACodeWhoseGrantEndedBeforeItWasUsed() {
    grants.add(code);

    assertThat(grants.end(grant.id(), EndReason.REVOKED, NOW)).isTrue();

    assertThat(redeem(code, "first", NOW)).isEqualTo(new Redemption.Unknown());
    assertThat(grants.find(grant.id(), NOW)).isEmpty();
  }

  @Test
  void knowsAReplayLongAfterTheCodeWouldHaveExpired() {
    grants.add(code);
    redeem(code, "first", NOW);

    assertThat(redeem(code, "second", code.expiresAt().plus(Duration.ofHours(1))))
        .isEqualTo(new Redemption.Replayed(grant));
  }

  @Test
  void knowsAUsedCodeForADayWhateverIsForgotten() {
    grants.add(code);
    redeem(code, "first", NOW);

    var almost = NOW.plus(GrantStore.USED_CODE_KEPT).minus(TICK);
    store.purge(almost);

    assertThat(grants.find(code.hash())).contains(code);
    assertThat(redeem(code, "second", almost)).isEqualTo(new Redemption.Replayed(grant));
  }

  @Test
  void stillFindsAUsedCodeWhoseGrantHasEnded() {
    grants.add(code);
    redeem(code, "first", NOW);
    grants.end(grant.id(), EndReason.REVOKED, NOW);

    store.purge(NOW);

    assertThat(grants.find(code.hash())).contains(code);
  }

  @Test
  void refusesASecondCodeForTheSameGrantAndASecondGrantForTheSameCode() {
    grants.add(code);

    assertThatThrownBy(() -> grants.add(SampleCode.of("another", "grant")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> grants.add(SampleCode.of("code", "another")))
        .isInstanceOf(IllegalStateException.class);

    assertThat(grants.find(CodeHash.of("another"))).isEmpty();
    assertThat(grants.find(code.hash())).contains(code);
  }

  @Test
  void leavesTheCodeUnusedWhenTheRefreshTokenIsNotNew() {
    inForce(SampleGrant.of("other"), "taken");
    grants.add(code);

    assertThatThrownBy(() -> redeem(code, "taken", NOW)).isInstanceOf(IllegalStateException.class);

    assertThat(redeem(code, "first", NOW)).isEqualTo(new Redemption.Won(grant));
  }

  @Test
  @Requirement("R-11")
  void letsOneOfManyWinACode() throws Exception {
    grants.add(code);
    AtomicInteger number = new AtomicInteger();

    List<Redemption> results =
        Race.of(() -> redeem(code, "first-" + number.incrementAndGet(), NOW));

    assertThat(results).filteredOn(new Redemption.Won(grant)::equals).hasSize(1);
    assertThat(results)
        .filteredOn(new Redemption.Replayed(grant)::equals)
        .hasSize(Race.RUNNERS - 1);
  }
}
