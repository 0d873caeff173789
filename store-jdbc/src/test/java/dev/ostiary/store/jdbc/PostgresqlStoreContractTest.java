package dev.ostiary.store.jdbc;

import dev.ostiary.authorization.store.Store;
import dev.ostiary.store.jdbc.postgresql.PostgresqlSettings;
import dev.ostiary.testkit.postgresql.PostgresqlServer;
import dev.ostiary.testkit.store.StoreContract;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The store on PostgreSQL keeps the contract. */
final class PostgresqlStoreContractTest extends StoreContract {
  private static PostgresqlServer server;

  @BeforeAll
  static void start() throws IOException {
    server = PostgresqlServer.start("fsync=off");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected Store open() {
    return PostgresqlStore.openWithTimeOfCaller(
        new PostgresqlSettings(server.newSchema(), null, null, 8, false));
  }
}
