package dev.ostiary.store.jdbc;

import dev.ostiary.authorization.store.Store;
import dev.ostiary.store.jdbc.postgresql.PostgresqlSettings;
import dev.ostiary.testkit.history.LinearizabilityContract;
import dev.ostiary.testkit.postgresql.PostgresqlServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The stores of two nodes on one schema of PostgreSQL. */
final class PostgresqlLinearizabilityTest extends LinearizabilityContract {
  private static PostgresqlServer server;

  PostgresqlLinearizabilityTest() {
    super(nodes(server.newSchema()), 60);
  }

  @BeforeAll
  static void start() throws IOException {
    server = PostgresqlServer.start("fsync=off");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<Store> nodes(String schema) {
    return List.of(open(schema), open(schema));
  }

  private static Store open(String schema) {
    return PostgresqlStore.openWithTimeOfCaller(
        new PostgresqlSettings(schema, null, null, 8, false));
  }
}
