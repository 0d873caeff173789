package dev.ostiary.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.store.jdbc.postgresql.PostgresqlSettings;
import dev.ostiary.testkit.postgresql.PostgresqlServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an operator is told when PostgreSQL cannot be used, and what several nodes do at once. */
final class PostgresqlTroubleTest {
  private static final String PASSWORD = "correct-horse-battery";
  private static final int NODES = 8;

  /** Everybody but the superuser has to show a password. */
  private static final String ASK_FOR_PASSWORDS =
      """
      DO $do$ BEGIN
        EXECUTE format('COPY (VALUES (''host all postgres 127.0.0.1/32 trust''),
          (''host all all 127.0.0.1/32 scram-sha-256'')) TO %L', current_setting('hba_file'));
      END $do$
      """;

  private static PostgresqlServer server;

  @BeforeAll
  static void start() throws Exception {
    server = PostgresqlServer.start("fsync=off");
    server.execute("CREATE USER ostiary PASSWORD '" + PASSWORD + "'");
    server.execute("CREATE USER reader PASSWORD '" + PASSWORD + "'");
    server.execute("CREATE SCHEMA ostiary AUTHORIZATION ostiary");
    server.execute("GRANT USAGE ON SCHEMA ostiary TO reader");
    server.execute(ASK_FOR_PASSWORDS);
    server.stop();
    server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theRightPasswordOpens() {
    open("postgres?currentSchema=ostiary", "ostiary", PASSWORD).close();
  }

  @Test
  void aWrongPasswordIsNamedAndNotShown() {
    refuses("postgres", "ostiary", PASSWORD + "!", "the database refuses the user or the password");
  }

  @Test
  void anUnknownUserIsNamed() {
    refuses("postgres", "nobody", PASSWORD, "the database refuses the user or the password");
  }

  @Test
  void aDatabaseThatIsNotThereIsNamed() {
    refuses("absent", "ostiary", PASSWORD, "the database server has no database of that name");
  }

  @Test
  void aUserWithoutRightsIsNamed() {
    refuses(
        "postgres?currentSchema=ostiary", "reader", PASSWORD, "the database user lacks a right");
  }

  @Test
  void aSchemaThatIsNotThereIsNamed() {
    refuses(
        "postgres?currentSchema=absent",
        "ostiary",
        PASSWORD,
        "the database has no schema that the user may use");
  }

  @Test
  void aServerThatIsDownIsNamed() throws Exception {
    try (PostgresqlServer down = PostgresqlServer.start("fsync=off")) {
      down.stop();
      String url = "jdbc:postgresql://127.0.0.1:" + down.port() + "/postgres";

      assertThatThrownBy(
              () ->
                  PostgresqlStore.open(new PostgresqlSettings(url, "ostiary", PASSWORD, 4, false)))
          .isInstanceOfSatisfying(
              StoreUnavailable.class,
              failure -> assertThat(failure.reason()).isEqualTo("the database cannot be reached"))
          .satisfies(PostgresqlTroubleTest::hidesThePassword);
    }
  }

  @Test
  void nodesThatStartTogetherOnAnEmptySchemaMakeTheTablesOnce() throws Exception {
    String schema = server.newSchema();

    assertThat(openTogether(schema)).hasSize(NODES);

    assertThat(count(schema, "SELECT count(*) FROM migrations")).isEqualTo(1);
  }

  @Test
  void theTablesOfANewerVersionAreRefused() throws Exception {
    String schema = server.newSchema();
    PostgresqlSettings settings = new PostgresqlSettings(schema, null, null, 2, false);
    PostgresqlStore.open(settings).close();
    change(
        schema,
        "INSERT INTO migrations (version, name, checksum) VALUES (99, 'later', sha256(''))");

    assertThatThrownBy(() -> PostgresqlStore.open(settings))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessage(
            "the database was written by a newer Ostiary (its tables are of version 99, this one"
                + " knows 1): use that version, or restore a backup from before the update");
  }

  private static List<Boolean> openTogether(String schema) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> opened = new ArrayList<>();
      for (int node = 0; node < NODES; node++) {
        opened.add(
            threads.submit(
                () -> {
                  start.await();
                  try (var store =
                      PostgresqlStore.open(new PostgresqlSettings(schema, null, null, 2, false))) {
                    store.ping();
                    return true;
                  }
                }));
      }
      start.countDown();
      List<Boolean> results = new ArrayList<>();
      for (Future<Boolean> each : opened) {
        results.add(each.get());
      }
      return results;
    }
  }

  private static PostgresqlStore open(String database, String user, String password) {
    String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database;
    return PostgresqlStore.open(new PostgresqlSettings(url, user, password, 2, false));
  }

  private static void refuses(String database, String user, String password, String reason) {
    assertThatThrownBy(() -> open(database, user, password))
        .isInstanceOfSatisfying(
            StoreUnavailable.class, failure -> assertThat(failure.reason()).isEqualTo(reason))
        .hasMessageStartingWith(reason)
        .satisfies(PostgresqlTroubleTest::hidesThePassword);
  }

  private static void hidesThePassword(Throwable failure) {
    StringWriter everything = new StringWriter();
    failure.printStackTrace(new PrintWriter(everything));
    assertThat(everything.toString()).doesNotContain(PASSWORD);
  }

  private static long count(String url, String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  private static void change(String url, String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
