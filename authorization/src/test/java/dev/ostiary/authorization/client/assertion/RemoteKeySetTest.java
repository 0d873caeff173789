package dev.ostiary.authorization.client.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.audit.SteppedTime;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.fetch.FetchRefusal;
import dev.ostiary.http.fetch.Fetched;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RemoteKeySetTest {
  private static final URI ADDRESS = URI.create("https://client.example/keys");
  private static final Fetched DOWN = new Fetched.Refused(new FetchRefusal.Unreachable());
  private static final Fetched GONE = new Fetched.Refused(new FetchRefusal.StatusNotOk(404));

  private final SteppedTime time = new SteppedTime();
  private final List<Fetched> answers = new ArrayList<>();
  private int fetches;
  private final RemoteKeySet set = new RemoteKeySet(ADDRESS, this::fetch, time);

  @Test
  void keepsKeysForTheUsualTime() {
    answers.addAll(List.of(keys(""), keys("")));

    ClientKeySet first = known(set.keys());
    time.pass(RemoteKeySet.USUAL.minusSeconds(1));
    assertThat(known(set.keys())).isSameAs(first);
    time.pass(Duration.ofSeconds(1));

    assertThat(known(set.keys())).isNotSameAs(first);
    assertThat(fetches).isEqualTo(2);
  }

  @Test
  void keepsKeysForAsLongAsTheirServerSaysWithinBounds() {
    for (var expected :
        List.of(
            List.of("max-age=120", Duration.ofMinutes(2)),
            List.of("public, Max-Age=120", Duration.ofMinutes(2)),
            List.of("max-age=1", RemoteKeySet.FLOOR),
            List.of("no-store, max-age=120", RemoteKeySet.FLOOR),
            List.of("no-cache", RemoteKeySet.FLOOR),
            List.of("max-age=999999999", RemoteKeySet.CAP),
            List.of("max-age=soon", RemoteKeySet.USUAL))) {
      RemoteKeySet kept = new RemoteKeySet(ADDRESS, this::fetch, time);
      answers.addAll(List.of(keys((String) expected.get(0)), keys("")));
      ClientKeySet first = known(kept.keys());
      time.pass(((Duration) expected.get(1)).minusMillis(1));
      assertThat(known(kept.keys())).as("%s", expected).isSameAs(first);
      time.pass(Duration.ofMillis(1));
      assertThat(known(kept.keys())).as("%s", expected).isNotSameAs(first);
    }
  }

  @Test
  void looksForNewerKeysOnceInAWhile() {
    answers.addAll(List.of(keys(""), keys("")));
    ClientKeySet first = known(set.keys());

    assertThat(known(set.newerThan(first))).isSameAs(first);
    time.pass(RemoteKeySet.FLOOR.minusMillis(1));
    assertThat(known(set.newerThan(first))).isSameAs(first);
    assertThat(fetches).isEqualTo(1);
    time.pass(Duration.ofMillis(1));
    ClientKeySet second = known(set.newerThan(first));

    assertThat(second).isNotSameAs(first);
    assertThat(known(set.newerThan(first))).isSameAs(second);
    assertThat(known(set.newerThan(second))).isSameAs(second);
    assertThat(fetches).isEqualTo(2);
  }

  @Test
  void saysThatNoneCanBeHadWhileTheAddressIsDown() {
    answers.addAll(List.of(DOWN, keys("")));

    assertThat(set.keys()).isEqualTo(new KeyAnswer.Unavailable(10));
    time.pass(Duration.ofSeconds(4));
    assertThat(set.keys()).isEqualTo(new KeyAnswer.Unavailable(6));
    assertThat(fetches).isEqualTo(1);
    time.pass(Duration.ofSeconds(6));

    assertThat(set.keys()).isInstanceOf(KeyAnswer.Known.class);
  }

  @Test
  void saysThatThereAreNoneWhereSomethingElseIs() {
    answers.addAll(List.of(GONE, document("{}", ""), keys("")));

    for (int attempt = 0; attempt < 2; attempt++) {
      assertThat(set.keys()).isEqualTo(new KeyAnswer.Unusable());
      assertThat(set.keys()).isEqualTo(new KeyAnswer.Unusable());
      time.pass(RemoteKeySet.PAUSE);
    }

    assertThat(set.keys()).isInstanceOf(KeyAnswer.Known.class);
    assertThat(fetches).isEqualTo(3);
  }

  @Test
  void usesTheLastKeysForAWhileWhenTheAddressDoesNotAnswer() {
    answers.addAll(List.of(keys(""), DOWN, GONE, DOWN));
    ClientKeySet first = known(set.keys());
    time.pass(RemoteKeySet.USUAL);

    assertThat(known(set.keys())).isSameAs(first);
    time.pass(RemoteKeySet.PAUSE);
    assertThat(known(set.keys())).isSameAs(first);
    time.pass(RemoteKeySet.STALE.minus(RemoteKeySet.PAUSE));

    assertThat(set.keys()).isEqualTo(new KeyAnswer.Unavailable(10));
  }

  @Test
  void doesNotCallASignatureBadWhileNewerKeysCannotBeHad() {
    answers.addAll(List.of(keys(""), DOWN, keys("")));
    ClientKeySet first = known(set.keys());
    time.pass(RemoteKeySet.FLOOR);

    assertThat(set.newerThan(first)).isEqualTo(new KeyAnswer.Unavailable(10));
    assertThat(known(set.keys())).isSameAs(first);
    time.pass(RemoteKeySet.PAUSE);

    assertThat(known(set.newerThan(first))).isNotSameAs(first);
  }

  @Test
  void takesAnEmptySetAtItsWord() {
    answers.addAll(List.of(keys(""), document("{\"keys\":[]}", "")));
    set.keys();
    time.pass(RemoteKeySet.USUAL);

    assertThat(known(set.keys()).isEmpty()).isTrue();
  }

  @Test
  void fetchesOnceForManyWhoAskAtTheSameTime() throws Exception {
    CountDownLatch fetching = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    RemoteKeySet slow =
        new RemoteKeySet(
            ADDRESS,
            _ -> {
              fetches++;
              fetching.countDown();
              await(answer);
              return keys("");
            },
            time);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<KeyAnswer>> asked = new ArrayList<>();
      for (int each = 0; each < 64; each++) {
        asked.add(threads.submit(slow::keys));
      }
      fetching.await();
      answer.countDown();
      ClientKeySet got = known(asked.getFirst().get());
      for (Future<KeyAnswer> each : asked) {
        assertThat(known(each.get())).isSameAs(got);
      }
    }
    assertThat(fetches).isEqualTo(1);
  }

  @Test
  void goesOnAfterAFetchThatBroke() {
    RemoteKeySet broken =
        new RemoteKeySet(
            ADDRESS,
            _ -> {
              fetches++;
              if (fetches == 1) {
                throw new IllegalStateException("broken");
              }
              return keys("");
            },
            time);

    assertThatThrownBy(broken::keys).isInstanceOf(IllegalStateException.class);
    assertThat(broken.keys()).isInstanceOf(KeyAnswer.Known.class);
  }

  @Test
  void forgetsTheAddressThatNobodyAskedForLongest() {
    RemoteKeys remote = new RemoteKeys(_ -> keys(""), time);
    RemoteKeySet first = remote.at(ADDRESS);
    for (int each = 0; each < 999; each++) {
      remote.at(URI.create("https://client.example/" + each));
    }
    assertThat(remote.at(ADDRESS)).isSameAs(first);

    remote.at(URI.create("https://client.example/one-more"));
    assertThat(remote.at(ADDRESS)).isSameAs(first);
    for (int each = 0; each < 1000; each++) {
      remote.at(URI.create("https://client.example/again/" + each));
    }

    assertThat(remote.at(ADDRESS)).isNotSameAs(first);
  }

  private Fetched fetch(URI uri) {
    assertThat(uri).isEqualTo(ADDRESS);
    fetches++;
    return answers.removeFirst();
  }

  private static ClientKeySet known(KeyAnswer answer) {
    return switch (answer) {
      case KeyAnswer.Known(ClientKeySet keys) -> keys;
      default -> throw new AssertionError(answer);
    };
  }

  private static Fetched keys(String cacheControl) {
    return document(
        """
        {"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}
        """,
        cacheControl);
  }

  private static Fetched document(String content, String cacheControl) {
    return new Fetched.Document(
        Body.utf8(content),
        cacheControl.isEmpty() ? Headers.none() : Headers.of("Cache-Control", cacheControl));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
