package dev.ostiary.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.store.DataKey;
import dev.ostiary.authorization.store.DataKeyStore;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.testkit.Race;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a {@link DataKeyStore} promises. */
abstract class DataKeyStoreContract extends Contract {
  private final DataKeyStore keys;
  private final DataKey older = key("z-older", NOW);
  private final DataKey newer = key("a-newer", NOW.plus(Duration.ofDays(1)));

  DataKeyStoreContract(Store store) {
    super(store);
    keys = store.dataKeys();
  }

  @Test
  void hasNoKeyAtFirst() {
    assertThat(keys.all()).isEmpty();
    assertThat(keys.masterKey()).isEmpty();
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

    List<List<DataKey>> seen =
        Race.of(() -> keys.begin(key("key-" + number.incrementAndGet(), NOW)));

    assertThat(new HashSet<>(seen)).hasSize(1);
    assertThat(keys.all()).hasSize(1).isEqualTo(seen.getFirst());
  }

  @Test
  void removesAKey() {
    keys.add(older);
    keys.add(newer);

    keys.remove(older.id());
    keys.remove(older.id());

    assertThat(keys.all()).containsExactly(newer);
  }

  @Test
  void refusesASecondKeyOfTheSameId() {
    keys.add(older);

    assertThatThrownBy(() -> keys.add(older)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void keepsTheFirstSealedMasterKey() {
    assertThat(keys.beginMasterKey(sealed("first"))).isEqualTo(sealed("first"));
    assertThat(keys.beginMasterKey(sealed("second"))).isEqualTo(sealed("first"));
    assertThat(keys.masterKey()).contains(sealed("first"));
  }

  @Test
  void keepsOneSealedMasterKeyWhenManyBeginAtOnce() throws Exception {
    AtomicInteger number = new AtomicInteger();

    List<Sealed> seen =
        Race.of(() -> keys.beginMasterKey(sealed("key " + number.incrementAndGet())));

    assertThat(new HashSet<>(seen)).hasSize(1);
    assertThat(keys.masterKey()).contains(seen.getFirst());
  }

  private static DataKey key(String id, Instant createdAt) {
    return new DataKey(id, sealed("key " + id), createdAt);
  }

  private static Sealed sealed(String text) {
    return Sealed.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
