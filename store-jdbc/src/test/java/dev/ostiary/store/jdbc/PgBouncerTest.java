package dev.ostiary.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.GrantStore.Redemption;
import dev.ostiary.authorization.store.GrantStore.Rotation;
import dev.ostiary.authorization.store.RotationPolicy;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.store.jdbc.postgresql.PostgresqlSettings;
import dev.ostiary.testkit.Race;
import dev.ostiary.testkit.SampleCode;
import dev.ostiary.testkit.SampleTime;
import dev.ostiary.testkit.postgresql.PgBouncer;
import dev.ostiary.testkit.postgresql.PostgresqlServer;
import dev.ostiary.testkit.store.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract holds behind PgBouncer in transaction mode, which has to be configured. */
final class PgBouncerTest extends StoreContract {
  private static final Instant NOW = SampleTime.NOW;
  private static final Duration IDLE = Duration.ofDays(30);
  private static final RotationPolicy POLICY = new RotationPolicy(Duration.ofMinutes(10), IDLE);
  private static final int GENERATIONS = 10;

  private static PostgresqlServer server;
  private static PgBouncer pooler;

  @BeforeAll
  static void start() throws Exception {
    boolean required = "true".equals(System.getenv("CI"));
    Assumptions.assumeTrue(
        required || PgBouncer.isInstalled(), "the pooler is " + PgBouncer.EXECUTABLE);
    server = PostgresqlServer.start("fsync=off");
    pooler = PgBouncer.before(server, 5);
  }

  @AfterAll
  static void stop() {
    if (pooler != null) {
      pooler.close();
    }
    if (server != null) {
      server.close();
    }
  }

  /** The one schema, made empty: which schema a connection has is nothing a pooler keeps. */
  @Override
  protected Store open() {
    server.execute("DROP SCHEMA public CASCADE");
    server.execute("CREATE SCHEMA public");
    return open(8);
  }

  @Test
  void oneOfManyWinsUnderLoadFromManyConnections() throws Exception {
    AtomicInteger number = new AtomicInteger();
    try (Store store = open();
        Store other = open(32)) {
      List<Integer> won =
          Race.of(
              () -> {
                int self = number.getAndIncrement();
                return compete(self % 2 == 0 ? store : other, "contest " + self / 8, "r" + self);
              });

      assertThat(won.stream().mapToInt(each -> each).sum())
          .isEqualTo(Race.RUNNERS / 8 * (1 + GENERATIONS));
    }
  }

  @Test
  void aPoolerThatIsNotConfiguredIsNamedBeforeAnythingIsPrepared() {
    assertThatThrownBy(
            () -> PostgresqlStore.open(new PostgresqlSettings(pooler.url(), null, null, 4, false)))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessage("a pooler stands before the database: set store.postgresql.pooler to true");
  }

  /** How often this one wins: the code, and each of the generations that follow. */
  private static int compete(Store store, String contest, String self) {
    AuthorizationCode code = SampleCode.of("code " + contest, "grant " + contest);
    try {
      store.grants().add(code);
    } catch (IllegalStateException already) {
      // Another one was quicker.
    }
    int won =
        store.grants().redeem(code.hash(), RefreshHash.of(contest + self), IDLE, NOW)
                instanceof Redemption.Won
            ? 1
            : 0;
    if (won == 0) {
      return 0;
    }
    String presented = contest + self;
    for (int generation = 0; generation < GENERATIONS; generation++) {
      String successor = contest + " generation " + generation;
      RefreshHash from = RefreshHash.of(presented);
      for (int repetition = 0; repetition < 3; repetition++) {
        Rotation rotation = store.grants().rotate(from, RefreshHash.of(successor), POLICY, NOW);
        won += rotation instanceof Rotation.Won ? 1 : 0;
      }
      presented = successor;
    }
    return won;
  }

  private static Store open(int pool) {
    return PostgresqlStore.openWithTimeOfCaller(
        new PostgresqlSettings(pooler.url(), null, null, pool, true));
  }
}
