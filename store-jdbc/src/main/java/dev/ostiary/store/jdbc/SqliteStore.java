package dev.ostiary.store.jdbc;

import dev.ostiary.store.jdbc.sql.Work;
import dev.ostiary.store.jdbc.sqlite.BackupProblem;
import dev.ostiary.store.jdbc.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * The store in one SQLite file, for one server. What has been acknowledged has been synced to the
 * disk. Operations that arrive together share a commit.
 */
public final class SqliteStore extends JdbcStore {
  private final SqliteDatabase database;

  private SqliteStore(SqliteDatabase database) {
    super(database);
    this.database = database;
  }

  /**
   * Opens the store, creates its file if there is none, and brings its tables up to date.
   *
   * @param directoryOrFile a directory, where the file is {@code ostiary.db}, or the file
   * @throws dev.ostiary.authorization.store.StoreInUse if another process has it
   * @throws dev.ostiary.authorization.store.StoreUnavailable saying what else is in the way: no
   *     such directory, a file that is damaged or not ours, or a newer version's
   */
  public static SqliteStore open(Path directoryOrFile) {
    return new SqliteStore(SqliteDatabase.open(directoryOrFile));
  }

  @Override
  public void ping() {
    database.probe();
  }

  @Override
  public void close() {
    database.close();
  }

  /**
   * Copies the state of this moment into another file, beside everything else. It is readable by
   * its owner only, and has its name when it is complete, checked and on the disk.
   *
   * @param target where no file is yet
   * @param written is told each second how many bytes there are; if it throws, the copy is dropped
   * @return how many bytes the copy has
   */
  public long backUp(Path target, LongConsumer written) throws BackupProblem {
    return database.backUp(target, written);
  }

  /** Runs statements of a test. */
  <T> T write(Work<T> work) {
    return database.write(work);
  }

  /** How many transactions have been committed since it was opened. */
  public long commits() {
    return database.commits();
  }
}
