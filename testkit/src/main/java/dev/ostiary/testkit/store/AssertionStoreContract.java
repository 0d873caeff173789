package dev.ostiary.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.hash.AssertionHash;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.testkit.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an {@link dev.ostiary.authorization.store.AssertionStore} promises. */
abstract class AssertionStoreContract extends Contract {
  private static final Instant KEPT_UNTIL = NOW.plus(Duration.ofMinutes(5));

  AssertionStoreContract(Store store) {
    super(store);
  }

  @Test
  void usesAnAssertionOnce() {
    assertThat(use("client", "jti", NOW)).isTrue();
    assertThat(use("client", "jti", NOW)).isFalse();
    assertThat(use("client", "jti", KEPT_UNTIL.minus(TICK))).isFalse();
  }

  @Test
  void knowsIdentifiersAndClientsApart() {
    assertThat(use("client", "jti", NOW)).isTrue();
    assertThat(use("client", "other", NOW)).isTrue();
    assertThat(use("other", "jti", NOW)).isTrue();
    assertThat(use("clientj", "ti", NOW)).isTrue();
  }

  @Test
  void isOverItFromThenOn() {
    Instant later = KEPT_UNTIL.plus(Duration.ofMinutes(5));
    use("client", "jti", NOW);

    assertThat(store.assertions().use(hash("client", "jti"), later, KEPT_UNTIL)).isTrue();
    assertThat(store.assertions().use(hash("client", "jti"), later, KEPT_UNTIL)).isFalse();
  }

  @Test
  void keepsItWhenItForgetsOthers() {
    use("client", "jti", NOW);

    store.purge(KEPT_UNTIL.minus(TICK));

    assertThat(use("client", "jti", NOW)).isFalse();
  }

  @Test
  void forgetsItWhenItsTimeIsOver() {
    use("client", "jti", NOW);

    store.purge(KEPT_UNTIL);

    assertThat(use("client", "jti", NOW)).isTrue();
  }

  @Test
  void letsOneOfManyUseItAtOnce() throws Exception {
    List<Boolean> uses = Race.of(() -> use("client", "jti", NOW));

    assertThat(uses).filteredOn(Boolean::booleanValue).hasSize(1);
  }

  private boolean use(String client, String jti, Instant now) {
    return store.assertions().use(hash(client, jti), KEPT_UNTIL, now);
  }

  private static AssertionHash hash(String client, String jti) {
    return AssertionHash.of(new ClientId(client), jti);
  }
}
