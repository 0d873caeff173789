package dev.ostiary.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.hash.CodeHash;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.GrantStore.Redemption;
import dev.ostiary.authorization.store.GrantStore.Rotation;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.testkit.SampleCode;
import dev.ostiary.testkit.SampleGrant;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The search finds an order where there is one, and no order where there is none. */
final class LinearizabilityTest {
  private static final Verb<Boolean> USE = new OneTimeVerbs.Use("key");
  private static final Verb<Integer> ROTATE = new FamilyVerbs.Rotate("key", 1);
  private static final Verb<Integer> ROTATE_NEXT = new FamilyVerbs.Rotate("key", 2);
  private static final Rotation WON = new Rotation.Won(SampleGrant.of("key"));
  private static final Rotation REPEATED = new Rotation.Repeated(SampleGrant.of("key"));
  private static final Rotation REUSED = new Rotation.Reused(SampleGrant.of("key"));

  @Test
  void anEmptyHistoryIsExplained() {
    assertThat(Linearizability.order(false, List.<Event<Boolean>>of())).contains(List.of());
  }

  @Test
  void oneOfTwoAtOnceMayWinWhicheverReturnsFirst() {
    assertThat(order(false, List.of(event(USE, false, 0, 5), event(USE, true, 1, 9)))).isTrue();
    assertThat(order(false, List.of(event(USE, true, 0, 9), event(USE, false, 1, 5)))).isTrue();
  }

  @Test
  void twoWinnersAreFound() {
    assertThat(order(false, List.of(event(USE, true, 0, 5), event(USE, true, 1, 9)))).isFalse();
  }

  @Test
  void aLoserWithoutAWinnerIsFound() {
    assertThat(order(false, List.of(event(USE, false, 0, 5), event(USE, false, 1, 9)))).isFalse();
  }

  @Test
  void aLoserThatReturnedBeforeTheWinnerBeganIsFound() {
    assertThat(order(false, List.of(event(USE, false, 0, 1), event(USE, true, 2, 3)))).isFalse();
  }

  @Test
  void anAnswerFromThePastIsFound() {
    Event<Integer> first = event(ROTATE, WON, 0, 1);
    Event<Integer> next = event(ROTATE_NEXT, WON, 2, 3);

    assertThat(order(1, List.of(first, next, event(ROTATE, REUSED, 4, 5)))).isTrue();
    assertThat(order(1, List.of(first, next, event(ROTATE, REPEATED, 4, 5)))).isFalse();
    assertThat(order(1, List.of(first, next, event(ROTATE, REPEATED, 2, 5)))).isTrue();
  }

  @Test
  void aStoreThatNowAndThenLetsTwoWinIsFound() throws Exception {
    try (MemoryStore sound = new MemoryStore()) {
      sound.grants().add(SampleCode.of("key", "key"));
      List<List<Verb<CodeVerbs.Grant>>> clients = new ArrayList<>();
      for (int client = 0; client < 16; client++) {
        clients.add(
            List.of(
                new CodeVerbs.Redeem("key", "first " + client),
                new CodeVerbs.Find("key"),
                new CodeVerbs.Redeem("key", "second " + client)));
      }

      List<Event<CodeVerbs.Grant>> history =
          History.of(List.of(winningAgainAtThe20thCall(sound)), clients);

      assertThat(sound.grants().find(CodeHash.of("key"))).isPresent();
      assertThat(Linearizability.order(CodeVerbs.Grant.WAITING, history)).isEmpty();
    }
  }

  private static Store winningAgainAtThe20thCall(Store sound) {
    AtomicInteger calls = new AtomicInteger();
    GrantStore grants =
        (GrantStore)
            Proxy.newProxyInstance(
                GrantStore.class.getClassLoader(),
                new Class<?>[] {GrantStore.class},
                (_, method, arguments) -> {
                  Object answer = method.invoke(sound.grants(), arguments);
                  return answer instanceof Redemption.Replayed(var grant)
                          && calls.incrementAndGet() == 20
                      ? new Redemption.Won(grant)
                      : answer;
                });
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              try {
                return method.getName().equals("grants") ? grants : method.invoke(sound, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }

  private static <S> boolean order(S initial, List<Event<S>> history) {
    return Linearizability.order(initial, history).isPresent();
  }

  private static <S> Event<S> event(Verb<S> verb, Object answer, long invoked, long returned) {
    return new Event<>(verb, answer, invoked, returned);
  }
}
