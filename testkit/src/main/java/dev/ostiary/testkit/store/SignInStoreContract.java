package dev.ostiary.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.hash.BindingHash;
import dev.ostiary.authorization.hash.StateHash;
import dev.ostiary.authorization.store.SignIn;
import dev.ostiary.authorization.store.SignInStore;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.testkit.Race;
import dev.ostiary.testkit.SampleSignIn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a {@link SignInStore} promises. */
abstract class SignInStoreContract extends Contract {
  private final SignInStore signIns;

  SignInStoreContract(Store store) {
    super(store);
    signIns = store.signIns();
  }

  @Test
  void givesASignInBackAsItWas() {
    SignIn signIn = SampleSignIn.of("state", "cookie");
    signIns.add(signIn);

    assertThat(take("state", "cookie", NOW)).contains(signIn);
  }

  @Test
  void givesOneBackWhoseClientSentNoState() {
    SignIn signIn = SampleSignIn.withoutClientState("state", "cookie");
    signIns.add(signIn);

    assertThat(take("state", "cookie", NOW)).contains(signIn);
  }

  @Test
  void givesOneBackThatAnEarlierApprovalHasBegun() {
    SignIn signIn = SampleSignIn.approvedBefore("state", "cookie");
    signIns.add(signIn);

    assertThat(take("state", "cookie", NOW)).contains(signIn);
  }

  @Test
  void givesASignInOnce() {
    signIns.add(SampleSignIn.of("state", "cookie"));

    assertThat(take("state", "cookie", NOW)).isPresent();
    assertThat(take("state", "cookie", NOW)).isEmpty();
  }

  @Test
  void givesNothingToAnotherBrowserAndUsesUpNothing() {
    signIns.add(SampleSignIn.of("state", "cookie"));

    assertThat(take("state", "another", NOW)).isEmpty();
    assertThat(take("state", "cookie", NOW)).isPresent();
  }

  @Test
  void keepsSeveralOfOneBrowserApart() {
    SignIn first = SampleSignIn.of("first", "cookie");
    SignIn second = SampleSignIn.of("second", "cookie");
    signIns.add(first);
    signIns.add(second);

    assertThat(take("second", "cookie", NOW)).contains(second);
    assertThat(take("first", "cookie", NOW)).contains(first);
  }

  @Test
  void givesNothingFromItsExpiryOn() {
    SignIn signIn = SampleSignIn.of("state", "cookie");
    signIns.add(signIn);

    assertThat(take("state", "cookie", signIn.expiresAt())).isEmpty();
    assertThat(take("state", "cookie", signIn.expiresAt().minus(TICK))).isPresent();
  }

  @Test
  void refusesASecondSignInOfTheSameState() {
    signIns.add(SampleSignIn.of("state", "cookie"));

    assertThatThrownBy(() -> signIns.add(SampleSignIn.of("state", "another")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(take("state", "cookie", NOW)).isPresent();
  }

  @Test
  void givesASignInToOneOfManyAtOnce() throws Exception {
    signIns.add(SampleSignIn.of("state", "cookie"));

    List<Optional<SignIn>> taken = Race.of(() -> take("state", "cookie", NOW));

    assertThat(taken).filteredOn(Optional::isPresent).hasSize(1);
  }

  private Optional<SignIn> take(String state, String cookie, Instant now) {
    return signIns.take(StateHash.of(state), BindingHash.of(cookie), now);
  }
}
