package dev.ostiary.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.UpstreamToken;
import dev.ostiary.authorization.store.UpstreamTokenStore.Lease;
import dev.ostiary.testkit.SampleCode;
import dev.ostiary.testkit.SampleGrant;
import dev.ostiary.testkit.SampleSignIn;
import dev.ostiary.testkit.SampleTime;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a store promises to callers at once: that each answer is one that it could have given to one
 * after the other. Many short histories of 8 to 16 clients are searched for such an order.
 */
public abstract class LinearizabilityContract {
  private static final int FEWEST_CLIENTS = 8;
  private static final int MOST_CLIENTS = 16;
  private static final int CALLS = 3;

  private final SplittableRandom random = new SplittableRandom(20261121);
  private final List<Store> nodes;
  private final int histories;

  /**
   * @param nodes stores of the same records, open, which this closes
   * @param histories how many of each kind are tried
   */
  protected LinearizabilityContract(List<Store> nodes, int histories) {
    this.nodes = List.copyOf(nodes);
    this.histories = histories;
  }

  @AfterEach
  void close() {
    nodes.forEach(Store::close);
  }

  @Test
  void aSignInIsTakenOnce() throws Exception {
    for (int i = 0; i < histories; i++) {
      String key = "sign-in " + i;
      any().signIns().add(SampleSignIn.of(key, "cookie"));
      explain(false, () -> List.of(new OneTimeVerbs.Take(key)));
    }
  }

  @Test
  void anAssertionIsUsedOnce() throws Exception {
    for (int i = 0; i < histories; i++) {
      String key = "assertion " + i;
      explain(false, () -> List.of(new OneTimeVerbs.Use(key)));
    }
  }

  @Test
  void aCodeIsRedeemedOnceAndItsGrantEndsOnce() throws Exception {
    for (int i = 0; i < histories; i++) {
      String key = "code " + i;
      any().grants().add(SampleCode.of(key, key));
      explain(
          CodeVerbs.Grant.WAITING,
          () ->
              calls(
                  () ->
                      switch (random.nextInt(8)) {
                        case 0 -> new CodeVerbs.End(key);
                        case 1, 2 -> new CodeVerbs.Find(key);
                        default -> new CodeVerbs.Redeem(key, key + random.nextLong());
                      }));
    }
  }

  @Test
  void aFamilyOfRefreshTokensHasOneSuccessorAGeneration() throws Exception {
    for (int i = 0; i < histories; i++) {
      String key = "family " + i;
      any().grants().add(SampleCode.of(key, key));
      new CodeVerbs.Redeem(key, key + " 1").run(any());
      explain(
          1,
          () ->
              calls(
                  () ->
                      switch (random.nextInt(24)) {
                        case 0 -> new FamilyVerbs.End(key);
                        case 1, 2, 3, 4 -> new FamilyVerbs.Find(key, 1 + random.nextInt(4));
                        default -> new FamilyVerbs.Rotate(key, 1 + random.nextInt(4));
                      }));
    }
  }

  @Test
  void anUpstreamTokenIsLeasedToOneAndReplacedByOne() throws Exception {
    for (int i = 0; i < histories; i++) {
      Sealed old = Sealed.of("old".getBytes(StandardCharsets.UTF_8));
      UpstreamToken token =
          any()
              .upstreamTokens()
              .keep("github", "user " + i, SampleGrant.SCOPES, old, null, SampleTime.NOW)
              .token();
      explain(new LeaseVerbs.Token(token.version(), ""), () -> leaseCalls(token));
    }
  }

  @Test
  void theFeedHasEachTokenOnceAndInOrder() throws Exception {
    for (int i = 0; i < histories; i++) {
      String key = "jti " + i + " ";
      long begin = any().revocations().epoch();
      explain(
          Set.of(),
          () ->
              calls(
                  () ->
                      switch (random.nextInt(4)) {
                        case 0 -> new FeedVerbs.Since(begin);
                        case 1 -> new FeedVerbs.Epoch(begin);
                        default -> new FeedVerbs.Revoke(key + random.nextInt(6));
                      }));
    }
  }

  private List<Verb<LeaseVerbs.Token>> leaseCalls(UpstreamToken token) {
    AtomicReference<Lease> got = new AtomicReference<>();
    long version = token.version() + random.nextInt(2);
    List<Verb<LeaseVerbs.Token>> calls = new ArrayList<>();
    calls.add(new LeaseVerbs.Take(token.id(), version, got));
    calls.add(
        random.nextInt(3) == 0
            ? new LeaseVerbs.Replace(token.id(), version, got)
            : new LeaseVerbs.Release(token.id(), version, got));
    calls.add(new LeaseVerbs.Take(token.id(), version, new AtomicReference<>()));
    return calls;
  }

  private <S> List<Verb<S>> calls(Supplier<Verb<S>> one) {
    List<Verb<S>> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      calls.add(one.get());
    }
    return calls;
  }

  private Store any() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private <S> void explain(S initial, Supplier<List<? extends Verb<S>>> client) throws Exception {
    int clients = FEWEST_CLIENTS + random.nextInt(MOST_CLIENTS - FEWEST_CLIENTS + 1);
    List<List<Verb<S>>> all = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      all.add(List.copyOf(client.get()));
    }
    List<Event<S>> history = History.of(nodes, all);
    Optional<List<Event<S>>> order = Linearizability.order(initial, history);
    assertThat(order).as(() -> "an order that explains " + history).isPresent();
  }
}
