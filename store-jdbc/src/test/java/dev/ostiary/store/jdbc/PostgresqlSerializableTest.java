package dev.ostiary.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.store.Store;
import dev.ostiary.store.jdbc.postgresql.PostgresqlSettings;
import dev.ostiary.testkit.Race;
import dev.ostiary.testkit.postgresql.PostgresqlServer;
import dev.ostiary.testkit.store.StoreContract;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The contract holds on a server whose transactions are serializable unless they ask for less:
 * those that the server undoes are run again.
 */
final class PostgresqlSerializableTest extends StoreContract {
  private static PostgresqlServer server;

  @BeforeAll
  static void start() throws IOException {
    server = PostgresqlServer.start("fsync=off", "default_transaction_isolation=serializable");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected Store open() {
    return open(server.newSchema(), 8);
  }

  @Test
  void nodesThatStartTogetherOnAnEmptySchemaAllSucceed() throws Exception {
    String schema = server.newSchema();

    List<Boolean> opened =
        Race.of(
            () -> {
              try (Store store = open(schema, 1)) {
                store.ping();
                return true;
              }
            });

    assertThat(opened).hasSize(Race.RUNNERS);
  }

  private static Store open(String url, int pool) {
    return PostgresqlStore.openWithTimeOfCaller(
        new PostgresqlSettings(url, null, null, pool, false));
  }
}
