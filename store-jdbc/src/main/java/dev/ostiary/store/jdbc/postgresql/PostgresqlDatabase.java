package dev.ostiary.store.jdbc.postgresql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.store.jdbc.sql.Database;
import dev.ostiary.store.jdbc.sql.Dialect;
import dev.ostiary.store.jdbc.sql.Failures;
import dev.ostiary.store.jdbc.sql.Migration;
import dev.ostiary.store.jdbc.sql.Migrator;
import dev.ostiary.store.jdbc.sql.Statements;
import dev.ostiary.store.jdbc.sql.Work;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.postgresql.PGConnection;

/**
 * A database on a server that speaks as PostgreSQL does. Every transaction is one verb of the
 * store; one that another transaction stands in the way of is run again.
 */
public final class PostgresqlDatabase implements Database {
  /** How long a caller waits for a connection before it is told that the store is unavailable. */
  private static final Duration CONNECTION = Duration.ofSeconds(3);

  /** How long the server may take for an answer before its connection counts as lost. */
  private static final int ANSWER_SECONDS = 10;

  private static final int ATTEMPTS = 30;
  private static final int LONGEST_PAUSE_MILLIS = 50;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Nodes that start together bring the tables up to date one after the other. */
  private static final String MIGRATING = "SELECT pg_advisory_xact_lock(1330861145)";

  /**
   * What a node sees after it has waited for another must be what that one left behind, whatever
   * the server's {@code default_transaction_isolation} is.
   */
  private static final String MIGRATING_SEES_OTHERS =
      "SET TRANSACTION ISOLATION LEVEL READ COMMITTED";

  private static final String BACKEND =
      "SELECT pg_backend_pid(), version() LIKE 'PostgreSQL %' AND version() NOT LIKE '%-YB-%'";

  private static final String POOLER = "a pooler stands before the database";

  private static final String TIME =
      "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::BIGINT";

  /** The connection was lost in the commit: nothing tells whether it took place. */
  private static final class OutcomeUnknown extends Exception {
    private static final long serialVersionUID = 1;

    private final SQLException loss;

    OutcomeUnknown(SQLException loss) {
      super(loss);
      this.loss = loss;
    }
  }

  private final PostgresqlSettings settings;
  private final HikariDataSource pool;
  private final PostgresqlDialect dialect;

  private PostgresqlDatabase(
      PostgresqlSettings settings, HikariDataSource pool, PostgresqlDialect dialect) {
    this.settings = settings;
    this.pool = pool;
    this.dialect = dialect;
  }

  /**
   * Connects, and brings the tables up to date.
   *
   * @throws StoreUnavailable saying what is in the way
   */
  public static PostgresqlDatabase open(PostgresqlSettings settings) {
    return open(settings, PostgresqlDialect.TIME_OF_DATABASE);
  }

  /** One for tests, whose callers say how late it is. */
  public static PostgresqlDatabase openWithTimeOfCaller(PostgresqlSettings settings) {
    return open(settings, PostgresqlDialect.TIME_OF_CALLER);
  }

  private static PostgresqlDatabase open(PostgresqlSettings settings, PostgresqlDialect dialect) {
    HikariDataSource pool = connect(settings);
    try {
      PostgresqlDatabase database = new PostgresqlDatabase(settings, pool, dialect);
      boolean announces = !settings.pooler() && database.isPostgresqlItself();
      database.migrate();
      return announces ? new PostgresqlDatabase(settings, pool, dialect.announcing()) : database;
    } catch (RuntimeException failure) {
      pool.close();
      throw failure;
    }
  }

  private static HikariDataSource connect(PostgresqlSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("ostiary");
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.pool());
    config.setConnectionTimeout(CONNECTION.toMillis());
    config.setInitializationFailTimeout(1);
    // The driver takes what the URL says over these.
    config.addDataSourceProperty("ApplicationName", "ostiary");
    config.addDataSourceProperty("connectTimeout", "3");
    config.addDataSourceProperty("loginTimeout", "3");
    config.addDataSourceProperty("socketTimeout", Integer.toString(ANSWER_SECONDS));
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("prepareThreshold", settings.pooler() ? "0" : "1");
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException failure) {
      if (failure.getCause() instanceof SQLException cause) {
        throw Failures.of(cause);
      }
      throw failure;
    }
  }

  /**
   * Whether this is PostgreSQL, which knows NOTIFY, and nothing that only speaks as it does.
   *
   * @throws StoreUnavailable if a pooler stands in between, which gives its clients other process
   *     numbers than the server has. A statement that was prepared by name on one connection of the
   *     server could meet another one of that name on the next.
   */
  private boolean isPostgresqlItself() {
    try (Connection connection = borrow();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(BACKEND)) {
      row.next();
      boolean itself = row.getBoolean(2);
      if (itself && row.getInt(1) != connection.unwrap(PGConnection.class).getBackendPID()) {
        throw new StoreUnavailable(POOLER, POOLER + ": set store.postgresql.pooler to true", null);
      }
      return itself;
    } catch (SQLException failure) {
      throw Failures.of(failure);
    }
  }

  private void migrate() {
    Migrator migrator = new Migrator(Migration.ofPostgresql());
    write(
        statements -> {
          statements.change(MIGRATING_SEES_OTHERS);
          statements.one(MIGRATING, _ -> true);
          migrator.bringUpToDate(statements, "the database");
          return true;
        });
  }

  @Override
  public <T> T read(Work<T> work) {
    for (int attempt = 1; ; attempt++) {
      try (Connection connection = borrow()) {
        return work.run(new Statements(connection, dialect));
      } catch (SQLException failure) {
        pauseOrThrow(failure, attempt);
      }
    }
  }

  @Override
  public <T> T write(Work<T> work) {
    return write(work, _ -> Optional.empty());
  }

  @Override
  public <T> T write(Work<T> work, Work<Optional<T>> found) {
    for (int attempt = 1; ; attempt++) {
      try (Connection connection = borrow()) {
        return commit(connection, work);
      } catch (SQLException failure) {
        pauseOrThrow(failure, attempt);
      } catch (OutcomeUnknown unknown) {
        return read(found).orElseThrow(() -> Failures.of(unknown.loss));
      }
    }
  }

  /** How late it is by the clock of the database. */
  public Instant time() {
    return read(statements -> statements.one(TIME, Columns::instant).orElseThrow());
  }

  /** Has something run when a node announces that something was revoked, if nodes do so. */
  public AutoCloseable listen(Runnable news) {
    return dialect.announces() ? Notifications.start(settings, news) : () -> {};
  }

  @Override
  public Dialect dialect() {
    return dialect;
  }

  @Override
  public void close() {
    pool.close();
  }

  private Connection borrow() throws SQLException {
    try {
      return pool.getConnection();
    } catch (SQLTransientConnectionException none) {
      boolean busy = pool.getHikariPoolMXBean().getTotalConnections() >= pool.getMaximumPoolSize();
      String reason =
          busy ? "all connections to the database are in use" : "the database cannot be reached";
      throw new StoreUnavailable(reason, reason + ": " + none.getMessage(), none);
    }
  }

  private <T> T commit(Connection connection, Work<T> work) throws SQLException, OutcomeUnknown {
    connection.setAutoCommit(false);
    T result;
    try {
      result = work.run(new Statements(connection, dialect));
    } catch (SQLException | RuntimeException failure) {
      rollBack(connection, failure);
      throw failure;
    }
    try {
      connection.commit();
      return result;
    } catch (SQLException failure) {
      if (Failures.isConnectionLost(failure)) {
        throw new OutcomeUnknown(failure);
      }
      rollBack(connection, failure);
      throw failure;
    }
  }

  private static void rollBack(Connection connection, Exception failure) {
    try {
      connection.rollback();
    } catch (SQLException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }

  /**
   * A transaction that was undone is run again, so often and with such pauses that others get
   * through. One whose connection was lost before the commit is run again once: the connection may
   * have been dead before.
   */
  private static void pauseOrThrow(SQLException failure, int attempt) {
    boolean again =
        Failures.isConflict(failure)
            ? attempt < ATTEMPTS
            : Failures.isConnectionLost(failure) && attempt == 1;
    if (!again || !pauses(attempt)) {
      throw Failures.of(failure);
    }
  }

  /** Whether the pause was not cut short. */
  private static boolean pauses(int attempt) {
    int most = Math.min(LONGEST_PAUSE_MILLIS, 1 << Math.min(attempt, 10));
    try {
      Thread.sleep(RANDOM.nextLong(most + 1L));
      return true;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
