package dev.ostiary.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.store.KeyStore;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.StoredKey;
import dev.ostiary.testkit.Race;
import dev.ostiary.testkit.SampleKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a {@link KeyStore} promises. */
abstract class KeyStoreContract extends Contract {
  private final KeyStore keys;
  private final StoredKey older = SampleKey.of("z-older", NOW);
  private final StoredKey newer = SampleKey.of("a-newer", NOW.plus(Duration.ofDays(1)));

  KeyStoreContract(Store store) {
    super(store);
    keys = store.keys();
  }

  @Test
  void hasNoKeyAtFirst() {
    assertThat(keys.all()).isEmpty();
  }

  @Test
  void listsKeysTheOldestFirst() {
    keys.add(newer);
    keys.add(older);

    assertThat(keys.all()).containsExactly(older, newer);
  }

  @Test
  void beginsWithAKeyOnlyWhenThereIsNone() {
    assertThat(keys.begin(older)).containsExactly(older);
    assertThat(keys.begin(newer)).containsExactly(older);
  }

  @Test
  void beginsWithOneKeyWhenManyBeginAtOnce() throws Exception {
    AtomicInteger number = new AtomicInteger();

    List<List<StoredKey>> seen =
        Race.of(() -> keys.begin(SampleKey.of("key-" + number.incrementAndGet(), NOW)));

    assertThat(new HashSet<>(seen)).hasSize(1);
    assertThat(keys.all()).hasSize(1).isEqualTo(seen.getFirst());
  }

  @Test
  void replacesTheKeyOfTheSameId() {
    keys.add(older);
    keys.add(newer);
    StoredKey retired = SampleKey.retired(older, NOW.plus(Duration.ofDays(2)));

    keys.replace(retired);

    assertThat(keys.all()).containsExactly(retired, newer);
  }

  @Test
  void replacesNothingWhenTheKeyIsGone() {
    keys.replace(older);

    assertThat(keys.all()).isEmpty();
  }

  @Test
  void removesAKey() {
    keys.add(older);
    keys.add(newer);

    keys.remove(older.keyId());
    keys.remove(older.keyId());

    assertThat(keys.all()).containsExactly(newer);
  }

  @Test
  void rotatesAndLeavesAnEarlierTimeOfRemovalAsItIs() {
    StoredKey retired = SampleKey.retired(SampleKey.of("oldest", NOW.minus(TICK)), NOW);
    keys.add(retired);
    keys.add(older);
    Instant end = NOW.plus(Duration.ofDays(2));

    keys.rotate(newer, end);

    assertThat(keys.all()).containsExactly(retired, SampleKey.retired(older, end), newer);
  }

  @Test
  void leavesOneKeyInUseWhenManyRotateAtOnce() throws Exception {
    keys.add(older);
    AtomicInteger number = new AtomicInteger();

    Race.of(
        () -> {
          keys.rotate(SampleKey.of("key-" + number.incrementAndGet(), NOW), NOW.plus(GRACE));
          return null;
        });

    assertThat(keys.all()).hasSize(Race.RUNNERS + 1);
    assertThat(keys.all()).filteredOn(key -> key.removeAt() == null).hasSize(1);
  }

  @Test
  void resealsAPrivateKeyThatIsAsItWas() {
    keys.add(older);
    StoredKey retired = SampleKey.retired(older, NOW.plus(GRACE));
    keys.replace(retired);
    Sealed fresh = SampleKey.of("fresh", NOW).privateJwk();

    assertThat(keys.reseal("unknown", older.privateJwk(), fresh)).isFalse();
    assertThat(keys.reseal(older.keyId(), older.privateJwk(), fresh)).isTrue();
    assertThat(keys.reseal(older.keyId(), older.privateJwk(), fresh)).isFalse();

    StoredKey resealed = keys.all().getFirst();
    assertThat(resealed.privateJwk()).isEqualTo(fresh);
    assertThat(resealed.removeAt()).isEqualTo(retired.removeAt());
    assertThat(resealed.publicJwk()).isEqualTo(older.publicJwk());
  }

  @Test
  void refusesASecondKeyOfTheSameId() {
    keys.add(older);

    assertThatThrownBy(() -> keys.add(older)).isInstanceOf(IllegalStateException.class);
  }
}
