package dev.ostiary.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.GrantStore.Redemption;
import dev.ostiary.authorization.store.GrantStore.Rotation;
import dev.ostiary.authorization.store.RefreshToken;
import dev.ostiary.authorization.store.RotationPolicy;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.testkit.SampleCode;
import dev.ostiary.testkit.SampleTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is left when the power fails: the log of the database ends anywhere, or in something else
 * than what was written. Each operation is there as a whole or not at all, and with it all before
 * it; what was committed before the place is there.
 */
final class PowerLossTest {
  private static final Instant NOW = SampleTime.NOW;
  private static final Duration IDLE = Duration.ofDays(30);
  private static final RotationPolicy POLICY = new RotationPolicy(Duration.ofMinutes(10), IDLE);
  private static final int GRANTS = 40;
  private static final int ROUNDS = 60;

  /** A code, its exchange, a refresh. */
  private static final int OPERATIONS_OF_A_GRANT = 3;

  @TempDir private Path folder;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  /** How long the log was when each operation had been acknowledged. */
  private final List<Long> ends = new ArrayList<>();

  private Path file;
  private byte[] database;
  private byte[] log;

  @BeforeEach
  void write() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("whole"));
    file = directory.resolve("ostiary.db");
    SqliteStore.open(directory).close();
    try (var store = SqliteStore.open(directory)) {
      for (int grant = 0; grant < GRANTS; grant++) {
        AuthorizationCode code = SampleCode.of("code " + grant, "grant " + grant);
        store.grants().add(code);
        acknowledged();
        assertThat(store.grants().redeem(code.hash(), token(grant, 1), IDLE, NOW))
            .isInstanceOf(Redemption.Won.class);
        acknowledged();
        assertThat(store.grants().rotate(token(grant, 1), token(grant, 2), POLICY, NOW))
            .isInstanceOf(Rotation.Won.class);
        acknowledged();
      }
      database = Files.readAllBytes(file);
      log = Files.readAllBytes(logOf(file));
    }
    assertThat(ends).isSorted();
  }

  private void acknowledged() throws IOException {
    ends.add(Files.size(logOf(file)));
  }

  @Test
  void aLogThatEndsAnywhereKeepsWhatWasCommittedBefore() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      int cut = random.nextInt(log.length + 1);

      int whole = open(round, Arrays.copyOf(log, cut));

      assertThat(whole).as("of seed %d, cut at %d", seed, cut).isEqualTo(committedBefore(cut));
    }
  }

  @Test
  void aLogWithWrongBytesKeepsWhatWasCommittedBeforeThem() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] wrong = log.clone();
      int first = random.nextInt(log.length);
      for (int at = first; at < Math.min(log.length, first + 1 + random.nextInt(8000)); at++) {
        wrong[at] ^= (byte) (1 + random.nextInt(255));
      }

      int whole = open(round, wrong);

      assertThat(whole)
          .as("of seed %d, wrong from %d", seed, first)
          .isEqualTo(committedBefore(first));
    }
  }

  private int committedBefore(int length) {
    return (int) ends.stream().filter(end -> end <= length).count();
  }

  /** Opens what is left, and counts the operations that are there. */
  private int open(int round, byte[] left) throws IOException {
    Path directory = Files.createDirectory(folder.resolve("round-" + round));
    Files.write(directory.resolve("ostiary.db"), database);
    Files.write(directory.resolve("ostiary.db-wal"), left);
    try (var store = SqliteStore.open(directory)) {
      int operations = 0;
      for (int grant = 0; grant < GRANTS; grant++) {
        int ofThis = operations(store, grant);
        assertThat(ofThis == 0 || operations == grant * OPERATIONS_OF_A_GRANT)
            .as("of seed %d, grant %d is there and an earlier operation is not", seed, grant)
            .isTrue();
        operations += ofThis;
      }
      store.ping();
      return operations;
    }
  }

  /** How many have taken place on a grant; fails if one has by half. */
  private int operations(SqliteStore store, int grant) {
    boolean code =
        store.grants().find(SampleCode.of("code " + grant, "grant " + grant).hash()).isPresent();
    boolean inForce = store.grants().find(new GrantId("grant " + grant), NOW).isPresent();
    Optional<RefreshToken> first = store.grants().find(token(grant, 1), NOW);
    Optional<RefreshToken> second = store.grants().find(token(grant, 2), NOW);
    assertThat(inForce).as("of seed %d, grant %d", seed, grant).isEqualTo(first.isPresent());
    assertThat(second.isPresent())
        .as("of seed %d, grant %d", seed, grant)
        .isEqualTo(first.filter(token -> !token.newest()).isPresent());
    assertThat(code || !inForce).as("of seed %d, grant %d", seed, grant).isTrue();
    return (code ? 1 : 0) + (inForce ? 1 : 0) + (second.isPresent() ? 1 : 0);
  }

  private static RefreshHash token(int grant, int generation) {
    return RefreshHash.of(grant + "." + generation);
  }

  private static Path logOf(Path database) {
    return database.resolveSibling(database.getFileName() + "-wal");
  }
}
