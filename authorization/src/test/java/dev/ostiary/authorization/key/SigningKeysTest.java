package dev.ostiary.authorization.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.ostiary.authorization.store.KeyStore;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.authorization.store.StoredKey;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SigningKeysTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private static final Duration LIFETIME = Duration.ofHours(1);

  private final KeyStore store = new MemoryStore().keys();
  private Sealer sealer;

  @BeforeEach
  void master() throws GeneralSecurityException {
    sealer = MasterKey.parse(MasterKey.generate()).sealer();
  }

  @ParameterizedTest
  @EnumSource
  void makesItsFirstKeyAndFindsItAgain(SigningAlgorithm algorithm) throws Exception {
    SigningKeys first = SigningKeys.open(store, sealer, algorithm, NOW);
    SigningKeys second = SigningKeys.open(store, sealer, algorithm, NOW);

    assertThat(store.all()).hasSize(1);
    assertThat(second.jwks(NOW)).isEqualTo(first.jwks(NOW));
    JWK key = JWKSet.parse(first.jwks(NOW)).getKeys().getFirst();
    assertThat(key.getAlgorithm().getName()).isEqualTo(algorithm.name());
    assertThat(key.getKeyID()).isEqualTo(key.computeThumbprint().toString());
    assertThat(key.getKeyUse().identifier()).isEqualTo("sig");
  }

  @Test
  @Requirement("A-34")
  void keepsThePrivateKeySealedAndPublishesNothingOfIt() throws ParseException {
    SigningKeys keys = SigningKeys.open(store, sealer, SigningAlgorithm.ES256, NOW);

    assertThat(keys.jwks(NOW)).doesNotContain("\"d\"");
    StoredKey stored = store.all().getFirst();
    assertThat(stored.publicJwk()).doesNotContain("\"d\"");
    assertThat(sealer.open(stored.privateJwk(), "signing-key " + stored.keyId()))
        .hasValueSatisfying(jwk -> assertThat(jwk).contains("\"d\""));
    assertThat(JWKSet.parse(keys.jwks(NOW)).getKeys()).noneMatch(JWK::isPrivate);
  }

  @Test
  void doesNotStartWithAnotherMasterKey() throws GeneralSecurityException {
    SigningKeys.open(store, sealer, SigningAlgorithm.ES256, NOW);
    Sealer other = MasterKey.parse(MasterKey.generate()).sealer();

    assertThatThrownBy(() -> SigningKeys.open(store, other, SigningAlgorithm.ES256, NOW))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another master key");
  }

  @Test
  void addsAKeyWhenTheAlgorithmChangesAndStillPublishesTheOldOne() throws ParseException {
    SigningKeys before = SigningKeys.open(store, sealer, SigningAlgorithm.ES256, NOW);
    SigningKeys after = SigningKeys.open(store, sealer, SigningAlgorithm.RS256, NOW);

    assertThat(after.current(NOW).algorithm().getName()).isEqualTo("RS256");
    assertThat(after.find(before.current(NOW).stored().keyId(), NOW)).isPresent();
    assertThat(JWKSet.parse(after.jwks(NOW)).getKeys()).hasSize(2);
  }

  @Test
  void publishesTheNextKeyBeforeItSigns() throws Exception {
    SigningKeys keys = SigningKeys.open(store, sealer, SigningAlgorithm.ES256, NOW);
    String first = keys.current(NOW).stored().keyId();
    Instant later = NOW.plus(Duration.ofHours(1));
    StoredKey next = next(later);
    store.add(next);

    Instant soon = NOW.plus(Duration.ofMinutes(1));
    assertThat(keys.jwks(soon)).contains(first, next.keyId());
    assertThat(keys.current(soon).stored().keyId()).isEqualTo(first);
    assertThat(keys.current(later).stored().keyId()).isEqualTo(next.keyId());
  }

  @Test
  void publishesThePreviousKeyUntilItsLastTokenHasExpired() {
    SigningKeys keys = SigningKeys.open(store, sealer, SigningAlgorithm.ES256, NOW);
    StoredKey only = store.all().getFirst();
    Instant end = NOW.plus(Duration.ofHours(2));
    store.add(next(NOW));
    store.replace(
        new StoredKey(
            only.keyId(),
            only.algorithm(),
            only.publicJwk(),
            only.privateJwk(),
            only.createdAt(),
            only.signsFrom().minusSeconds(1),
            end));

    assertThat(keys.jwks(end.minusSeconds(1))).contains(only.keyId());
    assertThat(keys.find(only.keyId(), end.minusSeconds(1))).isPresent();
    assertThat(keys.jwks(end)).doesNotContain(only.keyId());
    assertThat(keys.find(only.keyId(), end)).isEmpty();
  }

  @Test
  void rotatesToAKeyThatIsPublishedTenMinutesBeforeItSigns() {
    SigningKeys here = SigningKeys.open(store, sealer, SigningAlgorithm.ES256, NOW);
    SigningKeys there = SigningKeys.open(store, sealer, SigningAlgorithm.ES256, NOW);
    String first = here.current(NOW).stored().keyId();

    StoredKey next = here.rotate(LIFETIME, NOW);

    Instant signsFrom = NOW.plus(Duration.ofMinutes(10));
    Instant seen = NOW.plus(Duration.ofMinutes(1));
    assertThat(next.signsFrom()).isEqualTo(signsFrom);
    assertThat(here.jwks(NOW)).contains(first, next.keyId());
    assertThat(there.jwks(seen)).contains(first, next.keyId());
    for (SigningKeys keys : List.of(here, there)) {
      assertThat(keys.current(signsFrom.minusMillis(1)).stored().keyId()).isEqualTo(first);
      assertThat(keys.current(signsFrom).stored().keyId()).isEqualTo(next.keyId());
    }
  }

  @Test
  void publishesTheRotatedKeyUntilItsLastTokenHasExpiredAndThenRemovesIt() {
    SigningKeys keys = SigningKeys.open(store, sealer, SigningAlgorithm.ES256, NOW);
    String first = keys.current(NOW).stored().keyId();
    StoredKey next = keys.rotate(LIFETIME, NOW);
    Instant lastExpiry = next.signsFrom().plus(LIFETIME);

    keys.removeExpired(lastExpiry);
    assertThat(keys.jwks(lastExpiry)).contains(first);
    assertThat(keys.find(first, lastExpiry)).isPresent();

    Instant end = lastExpiry.plus(Duration.ofMinutes(1));
    keys.removeExpired(end);
    assertThat(store.all()).extracting(StoredKey::keyId).containsExactly(next.keyId());
    assertThat(keys.jwks(end)).doesNotContain(first).contains(next.keyId());
  }

  @Test
  void signsInTurnWithKeysOfRotationsThatFollowAtOnce() {
    SigningKeys keys = SigningKeys.open(store, sealer, SigningAlgorithm.ES256, NOW);

    StoredKey second = keys.rotate(LIFETIME, NOW);
    StoredKey third = keys.rotate(LIFETIME, NOW);

    assertThat(third.signsFrom()).isAfter(second.signsFrom());
    assertThat(keys.current(third.signsFrom()).stored().keyId()).isEqualTo(third.keyId());
    assertThat(store.all()).filteredOn(key -> key.removeAt() == null).hasSize(1);
  }

  @Test
  void makesANewKeyOfAnAlgorithmWhoseKeysAreAllToBeRemoved() {
    SigningKeys first = SigningKeys.open(store, sealer, SigningAlgorithm.ES256, NOW);
    String former = first.current(NOW).stored().keyId();
    SigningKeys.open(store, sealer, SigningAlgorithm.RS256, NOW).rotate(LIFETIME, NOW);

    Instant later = NOW.plus(Duration.ofMinutes(20));
    SigningKeys again = SigningKeys.open(store, sealer, SigningAlgorithm.ES256, later);

    assertThat(again.current(later).stored().keyId()).isNotEqualTo(former);
  }

  @Test
  void looksForAnUnknownKeyAtMostEveryFewSeconds() {
    SigningKeys keys = SigningKeys.open(store, sealer, SigningAlgorithm.ES256, NOW);
    StoredKey next = next(NOW);
    store.add(next);

    assertThat(keys.find(next.keyId(), NOW.plusSeconds(4))).isEmpty();
    assertThat(keys.find(next.keyId(), NOW.plusSeconds(5))).isPresent();
  }

  @Test
  void goesOnWithItsKeysWhenOneInTheStoreCannotBeRead() throws GeneralSecurityException {
    SigningKeys keys = SigningKeys.open(store, sealer, SigningAlgorithm.ES256, NOW);
    String first = keys.current(NOW).stored().keyId();
    Sealer other = MasterKey.parse(MasterKey.generate()).sealer();
    StoredKey foreign = SigningKey.seal(SigningAlgorithm.ES256.generate(), other, NOW);
    store.add(foreign);

    Instant later = NOW.plus(Duration.ofMinutes(2));
    assertThat(keys.current(later).stored().keyId()).isEqualTo(first);
    assertThat(keys.find(foreign.keyId(), later.plusSeconds(5))).isEmpty();
  }

  @Test
  void goesOnWithItsKeysWhenTheStoreDoesNotAnswer() {
    var flaky = new FlakyKeyStore(store);
    SigningKeys keys = SigningKeys.open(flaky, sealer, SigningAlgorithm.ES256, NOW);
    String first = keys.current(NOW).stored().keyId();
    flaky.broken = true;

    Instant later = NOW.plus(Duration.ofMinutes(2));
    assertThat(keys.find(first, later)).isPresent();
    assertThatThrownBy(() -> keys.find("unknown", later.plusSeconds(5)))
        .isInstanceOf(StoreUnavailable.class);
    assertThat(keys.find("unknown", later.plusSeconds(6))).isEmpty();
  }

  private StoredKey next(Instant signsFrom) {
    StoredKey key = SigningKey.seal(SigningAlgorithm.ES256.generate(), sealer, NOW);
    return new StoredKey(
        key.keyId(), key.algorithm(), key.publicJwk(), key.privateJwk(), NOW, signsFrom, null);
  }

  private static final class FlakyKeyStore implements KeyStore {
    private final KeyStore store;
    private boolean broken;

    FlakyKeyStore(KeyStore store) {
      this.store = store;
    }

    @Override
    public List<StoredKey> all() {
      if (broken) {
        throw new StoreUnavailable("broken", new IOException("broken"));
      }
      return store.all();
    }

    @Override
    public List<StoredKey> begin(StoredKey first) {
      return store.begin(first);
    }

    @Override
    public void add(StoredKey key) {
      store.add(key);
    }

    @Override
    public void replace(StoredKey key) {
      store.replace(key);
    }

    @Override
    public void rotate(StoredKey next, Instant removeOthersAt) {
      store.rotate(next, removeOthersAt);
    }

    @Override
    public boolean reseal(String keyId, Sealed old, Sealed fresh) {
      return store.reseal(keyId, old, fresh);
    }

    @Override
    public void remove(String keyId) {
      store.remove(keyId);
    }
  }
}
