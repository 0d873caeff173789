package dev.ostiary.authorization.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.FakeTime;
import dev.ostiary.authorization.store.DataKey;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.memory.MemoryStore;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DataKeysTest {
  private static final String CONTEXT = "context";

  private final MemoryStore store = new MemoryStore();
  private final FakeTime time = new FakeTime();
  private MasterKey masterKey;

  @BeforeEach
  void master() throws GeneralSecurityException {
    masterKey = MasterKey.parse(MasterKey.generate());
  }

  private DataKeys open() {
    return DataKeys.open(store, masterKey, time);
  }

  @Test
  void makesItsFirstKeyOnce() {
    Sealed sealed = open().sealer().seal("secret", CONTEXT);

    assertThat(open().sealer().open(sealed, CONTEXT)).contains("secret");
    assertThat(store.dataKeys().all()).hasSize(1);
  }

  @Test
  void keepsNoKeyInTheStoreThatOpensAnything() {
    open();

    DataKey key = store.dataKeys().all().getFirst();
    assertThat(masterKey.sealer().open(key.key(), "data-key " + key.id())).isEmpty();
    assertThat(masterKey.sealer("data-keys").open(key.key(), "data-key of another")).isEmpty();
  }

  @Test
  void opensNothingOutOfItsContextOrChanged() {
    Sealer sealer = open().sealer();
    Sealed sealed = sealer.seal("secret", CONTEXT);

    assertThat(sealer.open(sealed, "another")).isEmpty();
    for (int i = 0; i < sealed.bytes().length; i++) {
      byte[] changed = sealed.bytes();
      changed[i] ^= 1;
      assertThat(sealer.open(Sealed.of(changed), CONTEXT)).as("byte %d", i).isEmpty();
    }
    for (int length = 0; length < sealed.bytes().length; length++) {
      Sealed cut = Sealed.of(Arrays.copyOf(sealed.bytes(), length));
      assertThat(sealer.open(cut, CONTEXT)).as("%d bytes", length).isEmpty();
    }
  }

  @Test
  void opensWhatTheMasterKeySealedItself() {
    Sealed former = masterKey.sealer().seal("secret", CONTEXT);

    assertThat(open().sealer().open(former, CONTEXT)).contains("secret");
    assertThat(open().isCurrent(former)).isFalse();
  }

  /** Its first byte is random: it may be that of our version. */
  @Test
  void opensWhatTheMasterKeySealedThoughItBeginsLikeOurs() {
    Sealer former = masterKey.sealer();
    Sealed sealed = former.seal("secret", CONTEXT);
    while (sealed.bytes()[0] != 1) {
      sealed = former.seal("secret", CONTEXT);
    }

    assertThat(open().sealer().open(sealed, CONTEXT)).contains("secret");
  }

  @Test
  void sealsWithTheNewestKeyAndOpensWhatOlderOnesSealed() {
    DataKeys keys = open();
    Sealed old = keys.sealer().seal("old", CONTEXT);

    keys.rotate(time.instant());

    Sealed fresh = keys.sealer().seal("fresh", CONTEXT);
    assertThat(keys.isCurrent(old)).isFalse();
    assertThat(keys.isCurrent(fresh)).isTrue();
    assertThat(keys.sealer().open(old, CONTEXT)).contains("old");
    assertThat(keys.sealer().open(fresh, CONTEXT)).contains("fresh");
  }

  @Test
  void opensAtOnceWhatAnotherNodeSealedWithANewKey() {
    DataKeys here = open();
    DataKeys there = open();
    time.pass(Duration.ofSeconds(10));
    there.rotate(time.instant());
    Sealed sealed = there.sealer().seal("secret", CONTEXT);

    assertThat(here.sealer().open(sealed, CONTEXT)).contains("secret");
  }

  @Test
  void sealsWithTheNewKeyOfAnotherNodeWithinAMinute() {
    DataKeys here = open();
    DataKeys there = open();
    there.rotate(time.instant());

    time.pass(Duration.ofMinutes(1));

    assertThat(there.isCurrent(here.sealer().seal("secret", CONTEXT))).isTrue();
  }

  /** Made-up ids cost the store one read in five seconds. */
  @Test
  void opensNothingOfAnUnknownKey() {
    DataKeys keys = open();
    byte[] unknown = keys.sealer().seal("secret", CONTEXT).bytes();
    unknown[1] ^= 1;
    time.pass(Duration.ofSeconds(10));

    assertThat(keys.sealer().open(Sealed.of(unknown), CONTEXT)).isEmpty();
  }

  @Test
  void aRotationIsNewestAlthoughTheClockIsBehind() {
    DataKeys keys = open();
    time.pass(Duration.ofHours(-1));

    DataKey next = keys.rotate(time.instant());

    assertThat(store.dataKeys().all()).last().isEqualTo(next);
  }

  @Test
  void refusesAnotherMasterKeyAndWritesNothing() throws GeneralSecurityException {
    open();
    List<DataKey> before = store.dataKeys().all();
    MasterKey other = MasterKey.parse(MasterKey.generate());

    assertThatThrownBy(() -> DataKeys.open(store, other, time))
        .isInstanceOf(WrongMasterKey.class)
        .hasMessageContaining("nothing has been written")
        .hasMessageContaining("backup");
    assertThat(store.dataKeys().all()).isEqualTo(before);
  }

  @Test
  void refusesAnotherMasterKeyThanTheOneThatSealedTheSigningKeysItself()
      throws GeneralSecurityException {
    MasterKey other = MasterKey.parse(MasterKey.generate());
    SigningKeys.open(store.keys(), other.sealer(), SigningAlgorithm.ES256, time.instant());

    assertThatThrownBy(this::open).isInstanceOf(WrongMasterKey.class);
    assertThat(store.dataKeys().all()).isEmpty();
  }
}
