package dev.ostiary.store.jdbc.sqlite;

import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.store.jdbc.sql.Failures;
import dev.ostiary.store.jdbc.sql.Statements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Looks at the structure of the whole file once at each start. A small file is looked at before the
 * start, which takes up to 100 ms; a larger one beside the work, on a thread of its own.
 */
final class StartCheck implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StartCheck.class.getName());

  /** Files up to this size are looked at before the start. */
  private static final long SMALL = 16L * 1024 * 1024;

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  private final Path file;
  private final Connection connection;
  private final Statement statement;
  private final Consumer<StoreUnavailable> damaged;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("ostiary-store-check").unstarted(this::run);
  private volatile boolean closed;

  /**
   * @param connection this check's alone
   * @param damaged is told if the file is
   */
  StartCheck(Path file, Connection connection, Consumer<StoreUnavailable> damaged)
      throws SQLException {
    this.file = file;
    this.connection = connection;
    this.statement = connection.createStatement();
    this.damaged = damaged;
  }

  static boolean isSmall(Path file) throws IOException {
    return Files.size(file) <= SMALL;
  }

  /**
   * Looks at a small file.
   *
   * @throws StoreUnavailable if it is damaged
   */
  static void demandWhole(Path file, SqliteConnections sqlite) throws SQLException {
    try (Statements statements = sqlite.reader()) {
      Optional<String> finding = Integrity.finding(statements);
      if (finding.isPresent()) {
        throw refusal(file, finding.get());
      }
    }
  }

  /** Begins to look at a larger one. */
  void start() {
    thread.start();
  }

  private void run() {
    try (connection) {
      Optional<String> finding = Integrity.finding(statement);
      if (finding.isPresent()) {
        StoreUnavailable refusal = refusal(file, finding.get());
        LOG.log(System.Logger.Level.ERROR, refusal.getMessage());
        damaged.accept(refusal);
      }
    } catch (SQLException failure) {
      if (!closed) {
        LOG.log(System.Logger.Level.WARNING, "{0} could not be checked: {1}", file, failure);
      }
    }
  }

  private static StoreUnavailable refusal(Path file, String finding) {
    return new StoreUnavailable(
        Failures.DAMAGED,
        file + " is damaged: restore it from a backup (" + finding.replaceAll("\\s+", " ") + ")",
        null);
  }

  /** Breaks it off. */
  @Override
  public void close() throws SQLException {
    closed = true;
    if (thread.getState() == Thread.State.NEW) {
      connection.close();
      return;
    }
    while (thread.isAlive()) {
      cancel();
      LockSupport.parkNanos(PAUSE);
    }
  }

  private void cancel() {
    try {
      statement.cancel();
    } catch (SQLException ended) {
      LOG.log(System.Logger.Level.DEBUG, "the check has ended by itself", ended);
    }
  }
}
