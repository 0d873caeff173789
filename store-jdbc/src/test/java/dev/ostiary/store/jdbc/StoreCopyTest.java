package dev.ostiary.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.GrantFilter;
import dev.ostiary.authorization.store.GrantStore.Rotation;
import dev.ostiary.authorization.store.RotationPolicy;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.store.jdbc.copy.StoreCopy;
import dev.ostiary.store.jdbc.postgresql.PostgresqlSettings;
import dev.ostiary.testkit.SampleClient;
import dev.ostiary.testkit.SampleCode;
import dev.ostiary.testkit.SampleTime;
import dev.ostiary.testkit.postgresql.PostgresqlServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moving a store from SQLite to PostgreSQL. */
final class StoreCopyTest {
  private static final Instant NOW = SampleTime.NOW;
  private static final Duration IDLE = Duration.ofDays(30);
  private static final int GRANTS = 1200;
  private static PostgresqlServer server;

  @TempDir private Path directory;

  private final PostgresqlSettings target;

  StoreCopyTest() {
    target = new PostgresqlSettings(server.newSchema(), null, null, 4, false);
  }

  @BeforeAll
  static void start() throws IOException {
    server = PostgresqlServer.start("fsync=off");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void goesOnWhereTheFileEnded() {
    try (Store store = SqliteStore.open(directory)) {
      fill(store);
    }

    Map<String, Long> rows = StoreCopy.copy(directory, target);

    assertThat(rows)
        .containsEntry("grants", (long) GRANTS)
        .containsEntry("refresh_tokens", (long) GRANTS)
        .containsEntry("clients", 1L)
        .containsEntry("revocations", 1L)
        .containsEntry("revocation_epoch", 1L);
    try (Store copy = PostgresqlStore.openWithTimeOfCaller(target);
        Store original = SqliteStore.open(directory)) {
      assertThat(copy.revocations().since(0)).isEqualTo(original.revocations().since(0));
      assertThat(copy.grants().list(GrantFilter.ALL, null, GRANTS, NOW))
          .isEqualTo(original.grants().list(GrantFilter.ALL, null, GRANTS, NOW));
      assertThat(copy.clients().list(null, 10)).isEqualTo(original.clients().list(null, 10));
      assertThat(
              copy.grants()
                  .rotate(
                      RefreshHash.of("refresh 7"),
                      RefreshHash.of("next"),
                      new RotationPolicy(Duration.ofMinutes(10), IDLE),
                      NOW))
          .isInstanceOf(Rotation.Won.class);
    }
  }

  @Test
  void leavesADatabaseAloneThatHasRecords() {
    try (Store store = SqliteStore.open(directory);
        Store other = PostgresqlStore.open(target)) {
      fill(store);
      other.clients().add(SampleClient.open("theirs"));
    }

    assertThatThrownBy(() -> StoreCopy.copy(directory, target))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("has records already (in the table clients)");
    try (Store other = PostgresqlStore.open(target)) {
      assertThat(other.clients().list(null, 10)).hasSize(1);
      assertThat(other.grants().list(GrantFilter.ALL, null, 10, NOW)).isEmpty();
    }
  }

  private static void fill(Store store) {
    store.clients().add(SampleClient.open("client"));
    for (int i = 0; i < GRANTS; i++) {
      AuthorizationCode code = SampleCode.of("code " + i, "grant " + i);
      store.grants().add(code);
      store.grants().redeem(code.hash(), RefreshHash.of("refresh " + i), IDLE, NOW);
    }
    store.grants().end(new GrantId("grant 3"), EndReason.REVOKED, NOW);
    store.seen(NOW);
  }
}
