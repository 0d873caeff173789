package dev.ostiary.store.jdbc.sqlite;

import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.store.jdbc.sql.Database;
import dev.ostiary.store.jdbc.sql.Dialect;
import dev.ostiary.store.jdbc.sql.Failures;
import dev.ostiary.store.jdbc.sql.Migration;
import dev.ostiary.store.jdbc.sql.Migrator;
import dev.ostiary.store.jdbc.sql.Statements;
import dev.ostiary.store.jdbc.sql.Work;
import dev.ostiary.store.jdbc.table.Probe;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A SQLite file: one connection that writes for all, a few that read, and the lock on it. */
public final class SqliteDatabase implements Database {
  private static final int READERS = 4;

  /**
   * What ANALYZE leaves behind describes a database of another age: with the statistics of a young
   * one the planner reads whole tables of an old one. Without any, each statement has one plan.
   */
  private static final String DROP_STATISTICS = "DROP TABLE IF EXISTS sqlite_stat1";

  private final SqliteFile file;
  private final Statements writer;
  private final Checkpoints checkpoints;
  private final StartCheck check;
  private final GroupCommit commits;
  private final Readers readers;
  private volatile @Nullable StoreUnavailable damage;

  private SqliteDatabase(
      SqliteFile file,
      SqliteConnections sqlite,
      Statements writer,
      Statements checkpoints,
      List<Statements> readers)
      throws SQLException {
    Lock turn = new ReentrantLock(true);
    this.file = file;
    this.writer = writer;
    this.check = new StartCheck(file.path(), sqlite.check(), found -> damage = found);
    this.checkpoints = new Checkpoints(checkpoints, file, turn);
    this.commits = new GroupCommit(writer, turn, this.checkpoints::written);
    this.readers = new Readers(readers);
  }

  public static SqliteDatabase open(Path directoryOrFile) {
    SqliteFile file = SqliteFile.open(directoryOrFile);
    List<Statements> connections = new ArrayList<>();
    try {
      SqliteConnections sqlite = new SqliteConnections(file.path());
      Statements writer = sqlite.writer();
      connections.add(writer);
      SqliteOwner.check(writer, file.path());
      boolean small = StartCheck.isSmall(file.path());
      if (small) {
        StartCheck.demandWhole(file.path(), sqlite);
      }
      migrate(writer, file.path());
      writer.change(DROP_STATISTICS);
      Statements checkpoints = sqlite.checkpoints();
      connections.add(checkpoints);
      for (int i = 0; i < READERS; i++) {
        connections.add(sqlite.reader());
      }
      var database =
          new SqliteDatabase(
              file, sqlite, writer, checkpoints, connections.subList(2, connections.size()));
      if (!small) {
        database.check.start();
      }
      database.checkpoints.start();
      database.commits.start();
      return database;
    } catch (IOException failure) {
      StoreUnavailable refusal =
          new StoreUnavailable(file.path() + " cannot be read: " + failure.getMessage(), failure);
      abandon(file, connections, refusal);
      throw refusal;
    } catch (SQLException failure) {
      StoreUnavailable refusal = SqliteOwner.refusal(file.path(), failure);
      abandon(file, connections, refusal);
      throw refusal;
    } catch (RuntimeException failure) {
      abandon(file, connections, failure);
      throw failure;
    }
  }

  static void migrate(Statements writer, Path file) throws SQLException {
    Migrator migrator = new Migrator(Migration.ofSqlite());
    writer.change("BEGIN IMMEDIATE");
    try {
      migrator.bringUpToDate(writer, file.toString());
      writer.change("COMMIT");
    } catch (SQLException | RuntimeException failure) {
      try {
        writer.change("ROLLBACK");
      } catch (SQLException alsoFailed) {
        failure.addSuppressed(alsoFailed);
      }
      throw failure;
    }
  }

  @Override
  public <T> T read(Work<T> work) {
    return noticing(() -> readers.run(work));
  }

  @Override
  public <T> T write(Work<T> work) {
    return noticing(() -> commits.run(work));
  }

  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }

  /**
   * Writes and commits as a refresh does. SQLite itself would go on for ever on a file that has no
   * name any more.
   */
  public void probe() {
    file.checkThere();
    StoreUnavailable found = damage;
    if (found != null) {
      throw new StoreUnavailable(found.reason(), String.valueOf(found.getMessage()), found);
    }
    write(Probe::run);
  }

  /**
   * Copies the state of this moment into another file, beside everything else.
   *
   * @param target where no file is yet
   * @param written is told each second how many bytes there are; if it throws, the copy is dropped
   * @return how many bytes the copy has
   */
  public long backUp(Path target, LongConsumer written) throws BackupProblem {
    return new SqliteBackup(new SqliteConnections(file.path()), target).write(written);
  }

  /** Damage does not heal: that one page cannot be read is remembered. */
  private <T> T noticing(Supplier<T> work) {
    try {
      return work.get();
    } catch (StoreUnavailable failure) {
      if (failure.reason().equals(Failures.DAMAGED)) {
        damage = failure;
      }
      throw failure;
    }
  }

  public long commits() {
    return commits.commits();
  }

  int waiting() {
    return commits.waiting();
  }

  /** The connection that writes is closed last: SQLite then copies the log into the file. */
  @Override
  public void close() {
    commits.close();
    try {
      check.close();
      readers.close();
      checkpoints.close();
      writer.close();
    } catch (SQLException failure) {
      throw Failures.of(failure);
    } finally {
      file.close();
    }
  }

  private static void abandon(SqliteFile file, List<Statements> connections, Exception failure) {
    for (Statements connection : connections) {
      try {
        connection.close();
      } catch (SQLException alsoFailed) {
        failure.addSuppressed(alsoFailed);
      }
    }
    file.close();
  }
}
