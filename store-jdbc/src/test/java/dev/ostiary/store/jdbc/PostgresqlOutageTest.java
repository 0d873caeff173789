package dev.ostiary.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.hash.AssertionHash;
import dev.ostiary.authorization.hash.BindingHash;
import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.hash.StateHash;
import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.GrantStore.Redemption;
import dev.ostiary.authorization.store.GrantStore.Rotation;
import dev.ostiary.authorization.store.RefreshToken;
import dev.ostiary.authorization.store.RotationPolicy;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.store.jdbc.postgresql.PostgresqlSettings;
import dev.ostiary.testkit.SampleClient;
import dev.ostiary.testkit.SampleCode;
import dev.ostiary.testkit.SampleSignIn;
import dev.ostiary.testkit.SampleTime;
import dev.ostiary.testkit.postgresql.PostgresqlServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The server stops, or is killed, while many use it: what was acknowledged is there afterwards,
 * nothing is there twice, and nothing has to be done for the work to go on.
 */
@Timeout(180)
final class PostgresqlOutageTest {
  private static final int GROUPS = 8;
  private static final int RIVALS = 4;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration IDLE = Duration.ofDays(30);
  private static final Instant NOW = SampleTime.NOW;
  private static final RotationPolicy POLICY = new RotationPolicy(Duration.ofMinutes(10), IDLE);

  /** What the rivals for one thing were told. */
  private static final class Contest {
    private final List<String> redeemedBy = new ArrayList<>();
    private int rotated;
    private int taken;
    private int used;
    private boolean prepared;
    private boolean doubtfulCode;
    private boolean doubtfulRotation;
    private boolean doubtfulSignIn;
    private boolean doubtfulAssertion;
  }

  /** An answer, and whether an attempt before it was left without one. */
  private record Answer<T>(T value, boolean doubtful) {}

  private final Map<String, Contest> contests = new ConcurrentHashMap<>();
  private final AtomicInteger unavailable = new AtomicInteger();
  private final AtomicInteger rounds = new AtomicInteger();
  private final AtomicBoolean enough = new AtomicBoolean();

  @Test
  @Requirement({"R-9", "R-11"})
  void whatWasAcknowledgedIsThereAndNothingTwiceWhenTheServerStopsAndIsKilled() throws Exception {
    try (PostgresqlServer server = PostgresqlServer.start("fsync=on");
        PostgresqlStore store =
            PostgresqlStore.openWithTimeOfCaller(
                new PostgresqlSettings(server.newSchema(), null, null, 8, false));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> rivals = new ArrayList<>();
      for (int group = 0; group < GROUPS; group++) {
        for (int rival = 0; rival < RIVALS; rival++) {
          String name = "g" + group;
          String self = "r" + rival;
          rivals.add(threads.submit(() -> compete(store, name, self)));
        }
      }
      try {
        awaitRounds(rivals);
        server.stop();
        awaitTrouble(rivals);
        server.start();
        awaitRounds(rivals);
        server.kill();
        awaitTrouble(rivals);
        server.start();
        awaitRounds(rivals);
      } finally {
        enough.set(true);
      }
      for (Future<?> rival : rivals) {
        rival.get();
      }
      assertThat(contests).hasSizeGreaterThan(3 * GROUPS);
      contests.forEach((name, contest) -> judge(store, name, contest));
    }
  }

  private void compete(PostgresqlStore store, String group, String self) {
    for (int number = 0; !enough.get(); number++) {
      String name = group + "-" + number;
      Contest contest = contests.computeIfAbsent(name, _ -> new Contest());
      prepare(store, name, contest);
      redeem(store, name, self, contest);
      rotate(store, name, contest);
      take(store, name, contest);
      use(store, name, contest);
      rounds.incrementAndGet();
    }
  }

  /** Adds what the rivals compete for, before any of them may use it up. */
  private void prepare(PostgresqlStore store, String name, Contest contest) {
    synchronized (contest) {
      if (contest.prepared) {
        return;
      }
      unlessThere(() -> store.grants().add(code(name)));
      unlessThere(() -> store.grants().add(code("rotating " + name)));
      persist(
          () ->
              store
                  .grants()
                  .redeem(code("rotating " + name).hash(), RefreshHash.of("1" + name), IDLE, NOW));
      unlessThere(() -> store.signIns().add(SampleSignIn.of(name, "cookie")));
      contest.prepared = true;
    }
  }

  private void redeem(PostgresqlStore store, String name, String self, Contest contest) {
    Answer<Redemption> answer =
        persist(
            () ->
                store
                    .grants()
                    .redeem(code(name).hash(), RefreshHash.of(first(name, self)), IDLE, NOW));
    synchronized (contest) {
      contest.doubtfulCode |= answer.doubtful();
      if (answer.value() instanceof Redemption.Won) {
        contest.redeemedBy.add(self);
      } else {
        assertThat(answer.value()).isInstanceOf(Redemption.Replayed.class);
      }
    }
  }

  private void rotate(PostgresqlStore store, String name, Contest contest) {
    Answer<Rotation> answer =
        persist(
            () ->
                store
                    .grants()
                    .rotate(RefreshHash.of("1" + name), RefreshHash.of("2" + name), POLICY, NOW));
    synchronized (contest) {
      contest.doubtfulRotation |= answer.doubtful();
      contest.rotated += answer.value() instanceof Rotation.Won ? 1 : 0;
    }
    assertThat(answer.value()).isInstanceOfAny(Rotation.Won.class, Rotation.Repeated.class);
  }

  private void take(PostgresqlStore store, String name, Contest contest) {
    var answer = persist(() -> store.signIns().take(state(name), BindingHash.of("cookie"), NOW));
    synchronized (contest) {
      contest.doubtfulSignIn |= answer.doubtful();
      contest.taken += answer.value().isPresent() ? 1 : 0;
    }
  }

  private void use(PostgresqlStore store, String name, Contest contest) {
    var answer =
        persist(() -> store.assertions().use(assertion(name), NOW.plus(Duration.ofHours(1)), NOW));
    synchronized (contest) {
      contest.doubtfulAssertion |= answer.doubtful();
      contest.used += answer.value() ? 1 : 0;
    }
  }

  private static void judge(PostgresqlStore store, String name, Contest contest) {
    synchronized (contest) {
      List<String> issued = new ArrayList<>();
      for (int rival = 0; rival < RIVALS; rival++) {
        String self = "r" + rival;
        if (store.grants().find(RefreshHash.of(first(name, self)), NOW).isPresent()) {
          issued.add(self);
        }
      }
      assertThat(issued).as("refresh tokens of " + name).hasSizeLessThanOrEqualTo(1);
      assertThat(contest.redeemedBy).as("winners of " + name).isSubsetOf(issued);
      assertThat(contest.redeemedBy.size() <= 1).as("one winner of " + name).isTrue();
      if (issued.size() > contest.redeemedBy.size()) {
        assertThat(contest.doubtfulCode).as("a lost reply about " + name).isTrue();
      }
      int generation =
          store
              .grants()
              .find(RefreshHash.of("2" + name), NOW)
              .map(RefreshToken::generation)
              .orElse(0);
      assertThat(contest.rotated).as("rotations of " + name).isLessThanOrEqualTo(1);
      assertThat(generation).as("generation of " + name).isEqualTo(2);
      if (contest.rotated == 0) {
        assertThat(contest.doubtfulRotation).as("a lost reply about " + name).isTrue();
      }
      boolean stillThere =
          store.signIns().take(state(name), BindingHash.of("cookie"), NOW).isPresent();
      assertThat(stillThere).as("the sign-in of " + name).isFalse();
      assertThat(contest.taken).as("takers of " + name).isLessThanOrEqualTo(1);
      if (contest.taken == 0) {
        assertThat(contest.doubtfulSignIn).as("a lost reply about " + name).isTrue();
      }
      boolean stillUnused =
          store.assertions().use(assertion(name), NOW.plus(Duration.ofHours(1)), NOW);
      assertThat(stillUnused).as("the assertion of " + name).isFalse();
      assertThat(contest.used).as("uses of " + name).isLessThanOrEqualTo(1);
      if (contest.used == 0) {
        assertThat(contest.doubtfulAssertion).as("a lost reply about " + name).isTrue();
      }
    }
  }

  /** Asks until there is an answer, as a client does that is told 503. */
  private <T> Answer<T> persist(Supplier<T> verb) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    boolean doubtful = false;
    while (true) {
      try {
        return new Answer<>(verb.get(), doubtful);
      } catch (StoreUnavailable outage) {
        unavailable.incrementAndGet();
        doubtful = true;
        if (System.nanoTime() > deadline) {
          throw outage;
        }
      }
    }
  }

  private void unlessThere(Runnable addition) {
    persist(
        () -> {
          try {
            addition.run();
          } catch (IllegalStateException already) {
            // The attempt whose reply was lost has added it.
          }
          return true;
        });
  }

  private void awaitRounds(List<Future<?>> rivals) throws Exception {
    await(rivals, rounds, 4 * GROUPS * RIVALS);
  }

  private void awaitTrouble(List<Future<?>> rivals) throws Exception {
    await(rivals, unavailable, GROUPS);
  }

  private static void await(List<Future<?>> rivals, AtomicInteger counter, int more)
      throws Exception {
    int goal = counter.get() + more;
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (counter.get() < goal) {
      assertThat(System.nanoTime()).as("the work goes on").isLessThan(deadline);
      for (Future<?> rival : rivals) {
        if (rival.isDone()) {
          rival.get();
        }
      }
      Thread.sleep(5);
    }
  }

  private static AuthorizationCode code(String name) {
    return SampleCode.of("code " + name, "grant " + name);
  }

  private static String first(String name, String self) {
    return "first " + name + " " + self;
  }

  private static AssertionHash assertion(String name) {
    return AssertionHash.of(SampleClient.ID, name);
  }

  private static StateHash state(String name) {
    return StateHash.of(name);
  }
}
