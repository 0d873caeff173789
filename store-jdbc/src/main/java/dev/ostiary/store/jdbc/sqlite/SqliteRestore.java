package dev.ostiary.store.jdbc.sqlite;

import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.store.jdbc.sql.Statements;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts a backup in the place of a database that no process has open. The backup is copied, brought
 * up to date and checked before anything else is touched. What was there before is moved aside, its
 * log too: SQLite would apply the log of one database to another.
 */
public final class SqliteRestore {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final String LOG = "-wal";
  private static final String INDEX = "-shm";
  private static final String FOLD = "PRAGMA wal_checkpoint(TRUNCATE)";

  /**
   * What was done.
   *
   * @param aside where the database that was there is now; empty if there was none
   */
  public record Restored(long bytes, Optional<Path> aside) {}

  private final Path backup;
  private final Path database;
  private final boolean replace;
  private final Instant now;

  private SqliteRestore(Path backup, Path database, boolean replace, Instant now) {
    this.backup = backup.toAbsolutePath().normalize();
    this.database = database.toAbsolutePath().normalize();
    this.replace = replace;
    this.now = now;
  }

  /**
   * Restores.
   *
   * @param database the file; its directory is there
   * @param replace whether a database that is there may be moved aside
   * @throws dev.ostiary.authorization.store.StoreInUse if another process has the database
   */
  public static Restored of(Path backup, Path database, boolean replace, Instant now)
      throws BackupProblem {
    return new SqliteRestore(backup, database, replace, now).run();
  }

  private Restored run() throws BackupProblem {
    Path copy = null;
    try (FileChannel _ = SqliteFile.lock(database)) {
      demandFile();
      boolean taken = Files.exists(database) && Files.size(database) > 0;
      if (taken && !replace) {
        throw new BackupProblem(
            "there is a database already, "
                + database
                + ": with --replace it is moved aside, and what it has is not in use any more");
      }
      copy = copy();
      check(copy);
      DurableFiles.sync(copy);
      long bytes = Files.size(copy);
      Optional<Path> aside = moveAside(taken);
      Files.move(copy, database, StandardCopyOption.ATOMIC_MOVE);
      DurableFiles.syncDirectory(database);
      return new Restored(bytes, aside);
    } catch (IOException failure) {
      throw new BackupProblem(database + " cannot be restored: " + failure.getMessage(), failure);
    } catch (SQLException failure) {
      throw new BackupProblem(backup + " cannot be read: " + failure.getMessage(), failure);
    } finally {
      DurableFiles.drop(copy);
      DurableFiles.drop(beside(copy, LOG));
      DurableFiles.drop(beside(copy, INDEX));
    }
  }

  private void demandFile() throws BackupProblem, IOException {
    if (!Files.isRegularFile(backup)) {
      throw new BackupProblem(
          Files.exists(backup) ? backup + " is not a file" : "there is no file " + backup);
    }
    if (!Files.isReadable(backup)) {
      throw new BackupProblem(backup + " cannot be read by this user");
    }
    if (Files.exists(database) && Files.isSameFile(backup, database)) {
      throw new BackupProblem(backup + " is the database itself");
    }
    if (DurableFiles.room(database) < Files.size(backup)) {
      throw new BackupProblem("there is no room for the backup in " + database.getParent());
    }
  }

  /** A backup that was copied from a stopped server may have its log beside it. */
  private Path copy() throws IOException {
    Path copy = DurableFiles.unnamed(database);
    Files.copy(backup, copy, StandardCopyOption.REPLACE_EXISTING);
    Path log = backup.resolveSibling(backup.getFileName() + LOG);
    if (Files.exists(log)) {
      Files.copy(log, copy.resolveSibling(copy.getFileName() + LOG));
    }
    return copy;
  }

  /** Refuses what this version cannot use, brings its tables up to date, and looks at all of it. */
  private void check(Path copy) throws SQLException, BackupProblem {
    String name = backup.toString();
    Integrity.demandOurs(copy, name);
    try (Statements statements = new SqliteConnections(copy).writer()) {
      SqliteDatabase.migrate(statements, backup);
      var _ = statements.one(FOLD, Columns::number);
    } catch (StoreUnavailable newer) {
      throw new BackupProblem(String.valueOf(newer.getMessage()), newer);
    }
    Integrity.demandOurs(copy, name);
  }

  /** A log without its database goes aside as well. */
  private Optional<Path> moveAside(boolean taken) throws IOException {
    Path aside = database.resolveSibling(database.getFileName() + ".before-" + TIME.format(now));
    Path log = database.resolveSibling(database.getFileName() + LOG);
    if (taken) {
      Files.move(database, aside);
    }
    if (Files.exists(log)) {
      Files.move(log, aside.resolveSibling(aside.getFileName() + LOG));
    }
    Files.deleteIfExists(database.resolveSibling(database.getFileName() + INDEX));
    return taken ? Optional.of(aside) : Optional.empty();
  }

  private static @Nullable Path beside(@Nullable Path file, String ending) {
    return file == null ? null : file.resolveSibling(file.getFileName() + ending);
  }
}
