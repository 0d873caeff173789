package dev.ostiary.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.GrantStore.Rotation;
import dev.ostiary.authorization.store.RefreshToken;
import dev.ostiary.authorization.store.RotationPolicy;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.testkit.Race;
import dev.ostiary.testkit.SampleGrant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a {@link GrantStore} promises of refresh tokens. Each test begins with the token "1". */
abstract class RefreshTokenContract extends Contract {
  private static final Instant LATER = NOW.plus(Duration.ofHours(1));

  private final GrantStore grants;
  private final Grant grant = SampleGrant.of("grant");
  private final Rotation won = new Rotation.Won(grant);
  private final Rotation repeated = new Rotation.Repeated(grant);
  private final Rotation reused = new Rotation.Reused(grant);
  private final Rotation unknown = new Rotation.Unknown();

  RefreshTokenContract(Store store) {
    super(store);
    grants = store.grants();
  }

  @BeforeEach
  void putTheGrantInForce() {
    inForce(grant, "1");
  }

  @Test
  void movesOneGenerationOn() {
    assertThat(rotate("1", "2", LATER)).isEqualTo(won);

    assertThat(find("2", LATER))
        .contains(new RefreshToken(RefreshHash.of("2"), grant, 2, true, LATER.plus(IDLE)));
  }

  @Test
  void tellsTheNewestFromTheReplaced() {
    assertThat(find("1", LATER)).map(RefreshToken::newest).contains(true);

    rotate("1", "2", LATER);

    assertThat(find("1", LATER)).map(RefreshToken::newest).contains(false);
  }

  @Test
  void goesOnForManyGenerations() {
    for (int generation = 1; generation < 50; generation++) {
      assertThat(rotate("" + generation, "" + (generation + 1), LATER)).isEqualTo(won);
    }
    assertThat(find("50", LATER)).map(RefreshToken::generation).contains(50);
  }

  @Test
  void repeatsWithinTheGraceAndMovesNothing() {
    rotate("1", "2", LATER);

    assertThat(rotate("1", "2", LATER)).isEqualTo(repeated);
    assertThat(rotate("1", "2", LATER.plus(GRACE).minus(TICK))).isEqualTo(repeated);

    assertThat(find("2", LATER))
        .contains(new RefreshToken(RefreshHash.of("2"), grant, 2, true, LATER.plus(IDLE)));
  }

  @Test
  void measuresTheGraceFromTheFirstRotation() {
    rotate("1", "2", LATER);
    rotate("1", "2", LATER.plus(GRACE).minus(TICK));

    assertThat(rotate("1", "2", LATER.plus(GRACE))).isEqualTo(reused);
  }

  @Test
  @Requirement("R-20")
  void callsATokenReusedAfterTheGrace() {
    rotate("1", "2", LATER);

    assertThat(rotate("1", "2", LATER.plus(GRACE))).isEqualTo(reused);
  }

  @Test
  @Requirement("R-20")
  void callsATokenReusedOnceItsSuccessorWasPresented() {
    rotate("1", "2", LATER);
    rotate("2", "3", LATER);

    assertThat(rotate("1", "2", LATER)).isEqualTo(reused);
    assertThat(rotate("2", "3", LATER)).isEqualTo(repeated);
  }

  @Test
  @Requirement("R-20")
  void callsATokenReusedThatIsGenerationsOld() {
    rotate("1", "2", LATER);
    rotate("2", "3", LATER);
    rotate("3", "4", LATER);

    assertThat(rotate("1", "2", LATER)).isEqualTo(reused);
    assertThat(rotate("2", "3", LATER)).isEqualTo(reused);
  }

  @Test
  void callsATokenReusedThatWasUsedInTimeHoweverLongAgo() {
    rotate("1", "2", LATER);
    rotate("2", "3", LATER.plus(IDLE).minus(TICK));

    assertThat(rotate("1", "2", LATER.plus(IDLE))).isEqualTo(reused);
  }

  @Test
  void endsNothingByItself() {
    rotate("1", "2", LATER);
    rotate("1", "2", LATER.plus(GRACE));

    assertThat(rotate("2", "3", LATER.plus(GRACE))).isEqualTo(won);
  }

  @Test
  void hasNoGraceWhenThePolicyHasNone() {
    var strict = new RotationPolicy(Duration.ZERO, IDLE);
    grants.rotate(RefreshHash.of("1"), RefreshHash.of("2"), strict, LATER);

    assertThat(grants.rotate(RefreshHash.of("1"), RefreshHash.of("2"), strict, LATER))
        .isEqualTo(reused);
  }

  @Test
  void doesNotKnowATokenThatWasNeverIssued() {
    assertThat(rotate("never", "2", LATER)).isEqualTo(unknown);
    assertThat(find("never", LATER)).isEmpty();
    assertThat(find("2", LATER)).isEmpty();
  }

  @Test
  @Requirement("R-22")
  void doesNotKnowATokenThatWasLeftUnusedTooLong() {
    Instant expiry = NOW.plus(IDLE);

    assertThat(rotate("1", "2", expiry)).isEqualTo(unknown);
    assertThat(find("1", expiry)).isEmpty();
    assertThat(find("1", expiry.minus(TICK))).isPresent();
    assertThat(rotate("1", "2", expiry.minus(TICK))).isEqualTo(won);
  }

  @Test
  void countsIdlenessFromTheRotationOn() {
    Instant almost = NOW.plus(IDLE).minus(TICK);
    rotate("1", "2", almost);

    assertThat(rotate("2", "3", almost.plus(IDLE).minus(TICK))).isEqualTo(won);
    assertThat(rotate("3", "4", almost.plus(IDLE).minus(TICK).plus(IDLE))).isEqualTo(unknown);
  }

  @Test
  void doesNotKnowATokenWhoseGrantHasEnded() {
    rotate("1", "2", LATER);
    grants.end(grant.id(), EndReason.REVOKED, LATER);

    assertThat(rotate("1", "2", LATER)).isEqualTo(unknown);
    assertThat(rotate("2", "3", LATER)).isEqualTo(unknown);
    assertThat(find("2", LATER)).isEmpty();
  }

  @Test
  void doesNotKnowATokenWhoseGrantHasExpired() {
    for (int month = 1; month <= 13; month++) {
      rotate("" + month, "" + (month + 1), NOW.plus(Duration.ofDays(28L * month)));
    }
    Instant expiry = grant.expiresAt();

    assertThat(find("14", expiry.minus(TICK))).isPresent();
    assertThat(rotate("14", "15", expiry)).isEqualTo(unknown);
    assertThat(rotate("13", "14", expiry)).isEqualTo(unknown);
    assertThat(find("14", expiry)).isEmpty();
  }

  @Test
  void findsAnEarlierGenerationToo() {
    rotate("1", "2", LATER);
    rotate("2", "3", LATER);

    assertThat(find("1", LATER)).map(RefreshToken::generation).contains(1);
    assertThat(find("1", NOW.plus(IDLE))).map(RefreshToken::generation).contains(1);
  }

  @Test
  void keepsFamiliesApart() {
    inForce(SampleGrant.of("other"), "a");
    rotate("1", "2", LATER);
    rotate("2", "3", LATER);

    assertThat(rotate("a", "b", LATER)).isInstanceOf(Rotation.Won.class);
    assertThat(find("b", LATER)).map(RefreshToken::generation).contains(2);
  }

  @Test
  void movesNothingWhenTheSuccessorIsNotNew() {
    inForce(SampleGrant.of("other"), "taken");

    assertThatThrownBy(() -> rotate("1", "taken", LATER)).isInstanceOf(IllegalStateException.class);

    assertThat(rotate("1", "2", LATER)).isEqualTo(won);
  }

  @Test
  void letsOneOfManyWinAndGivesTheOthersTheSameGeneration() throws Exception {
    List<Rotation> results = Race.of(() -> rotate("1", "2", LATER));

    assertThat(results).filteredOn(won::equals).hasSize(1);
    assertThat(results).filteredOn(repeated::equals).hasSize(Race.RUNNERS - 1);
    assertThat(find("2", LATER)).map(RefreshToken::generation).contains(2);
  }

  private Optional<RefreshToken> find(String token, Instant now) {
    return grants.find(RefreshHash.of(token), now);
  }
}
