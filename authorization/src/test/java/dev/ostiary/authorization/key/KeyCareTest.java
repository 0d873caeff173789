package dev.ostiary.authorization.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.FakeTime;
import dev.ostiary.authorization.store.DataKey;
import dev.ostiary.authorization.store.StoredKey;
import dev.ostiary.authorization.store.UpstreamToken;
import dev.ostiary.authorization.store.UpstreamTokenStore;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.authorization.upstream.UpstreamTokens;
import dev.ostiary.authorization.upstream.Upstreams;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Scopes;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyCareTest {
  private static final Duration SIGN_IN = Duration.ofMinutes(10);

  private final MemoryStore store = new MemoryStore();
  private final FakeTime time = new FakeTime();
  private MasterKey masterKey;
  private DataKeys data;
  private SigningKeys signing;
  private KeyCare care;

  @BeforeEach
  void open() throws GeneralSecurityException {
    masterKey = MasterKey.parse(MasterKey.generate());
    data = DataKeys.open(store, masterKey, time);
    signing = SigningKeys.open(store.keys(), data.sealer(), SigningAlgorithm.ES256, time.instant());
    care = care(data);
  }

  private KeyCare care(DataKeys keys) {
    UpstreamTokens tokens =
        UpstreamTokens.of(
            store.upstreamTokens(),
            Upstreams.of(new Issuer("https://mcp.example.com"), List.of()),
            keys.sealer(),
            Runnable::run);
    return KeyCare.of(signing, keys, tokens::reseal, SIGN_IN);
  }

  @Test
  void sealsEveryTokenAndSigningKeyAnewInTheFirstRound() {
    int number = 2 * UpstreamTokenStore.PAGE + 1;
    for (int i = 0; i < number; i++) {
      keep("user-" + i, data.sealer());
    }
    UpstreamToken former = keep("former", masterKey.sealer());
    List<UpstreamToken> before = tokens();
    rotate();
    assertThat(before).noneMatch(token -> data.isCurrent(token.tokens()));

    care.round(time.instant());

    assertThat(tokens())
        .hasSize(number + 1)
        .allMatch(token -> data.isCurrent(token.tokens()))
        .allSatisfy(token -> assertThat(opened(token)).isEqualTo("tokens of " + token.user()));
    assertThat(tokens())
        .extracting(UpstreamToken::version)
        .containsExactlyElementsOf(before.stream().map(UpstreamToken::version).toList());
    assertThat(tokens()).extracting(UpstreamToken::id).contains(former.id());
    assertThat(store.keys().all()).allMatch(key -> data.isCurrent(key.privateJwk()));
  }

  @Test
  void removesTheOldKeyWhenNothingCanBeSealedWithItAnyMore() {
    keep("user", data.sealer());
    DataKey newest = rotate();

    for (int minute = 0; minute < 15; minute++) {
      care.round(time.instant());
      assertThat(store.dataKeys().all()).as("minute %d", minute).hasSize(2);
      time.pass(Duration.ofMinutes(1));
    }
    care.round(time.instant());

    assertThat(store.dataKeys().all()).containsExactly(newest);
    assertThat(tokens()).allSatisfy(token -> assertThat(opened(token)).isEqualTo("tokens of user"));
  }

  /** A node that has not seen the new key yet seals with the old one for a minute. */
  @Test
  void sealsAnewWhatANodeSealedThatDidNotKnowTheNewKey() {
    DataKeys elsewhere = DataKeys.open(store, masterKey, time);
    rotate();
    care.round(time.instant());
    keep("late", elsewhere.sealer());
    assertThat(data.isCurrent(tokens().getFirst().tokens())).isFalse();

    time.pass(Duration.ofMinutes(5));
    care.round(time.instant());

    assertThat(data.isCurrent(tokens().getFirst().tokens())).isTrue();
  }

  @Test
  void goesOnInLaterRoundsWhereItStopped() {
    List<String> asked = new ArrayList<>();
    KeyCare bounded =
        KeyCare.of(
            signing,
            data,
            (last, _) -> {
              asked.add(String.valueOf(last));
              return asked.size() < 250 ? Optional.of("record " + asked.size()) : Optional.empty();
            },
            SIGN_IN);
    rotate();

    bounded.round(time.instant());
    assertThat(asked).hasSize(100).startsWith("null", "record 1");
    bounded.round(time.instant());
    assertThat(asked).hasSize(200).contains("record 100");
    bounded.round(time.instant());
    assertThat(asked).hasSize(250).doesNotHaveDuplicates();
  }

  @Test
  void anotherRotationBeginsAnew() {
    keep("user", data.sealer());
    rotate();
    care.round(time.instant());
    time.pass(Duration.ofMinutes(5));
    care.round(time.instant());
    DataKey newest = rotate();

    time.pass(Duration.ofMinutes(14));
    care.round(time.instant());
    assertThat(store.dataKeys().all()).hasSize(3);
    assertThat(tokens()).allMatch(token -> data.isCurrent(token.tokens()));

    time.pass(Duration.ofMinutes(1));
    care.round(time.instant());
    assertThat(store.dataKeys().all()).containsExactly(newest);
  }

  @Test
  void leavesAloneWhatNoKeyOpens() throws GeneralSecurityException {
    MasterKey other = MasterKey.parse(MasterKey.generate());
    UpstreamToken foreign = keep("user", other.sealer());
    DataKey newest = rotate();
    time.pass(Duration.ofMinutes(20));

    care.round(time.instant());

    assertThat(tokens()).containsExactly(foreign);
    assertThat(store.dataKeys().all()).containsExactly(newest);
  }

  @Test
  void removesSigningKeysWhoseLastTokenHasExpired() {
    StoredKey next = signing.rotate(Duration.ofHours(1), time.instant());
    time.pass(Duration.ofMinutes(70));
    care.round(time.instant());
    assertThat(store.keys().all()).hasSize(2);

    time.pass(Duration.ofMinutes(1));
    care.round(time.instant());

    assertThat(store.keys().all()).extracting(StoredKey::keyId).containsExactly(next.keyId());
  }

  private DataKey rotate() {
    time.pass(Duration.ofMillis(1));
    return data.rotate(time.instant());
  }

  private UpstreamToken keep(String user, Sealer sealer) {
    return store
        .upstreamTokens()
        .keep(
            "github",
            user,
            Scopes.of("repo"),
            sealer.seal("tokens of " + user, context(user)),
            null,
            time.instant())
        .token();
  }

  private String opened(UpstreamToken token) {
    return data.sealer().open(token.tokens(), context(token.user())).orElse("does not open");
  }

  private static String context(String user) {
    return "tokens of user " + user + " at upstream github";
  }

  private List<UpstreamToken> tokens() {
    List<UpstreamToken> all = new ArrayList<>();
    List<UpstreamToken> page = store.upstreamTokens().after(null);
    while (!page.isEmpty()) {
      all.addAll(page);
      page = store.upstreamTokens().after(page.getLast().id());
    }
    return all;
  }
}
