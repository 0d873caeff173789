package dev.ostiary.store.jdbc.sqlite;

import dev.ostiary.store.jdbc.sql.Statements;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/**
 * Copies a database that is in use: the state of one moment, which others go on changing. The copy
 * has its name only when it is complete, checked and on the disk.
 */
final class SqliteBackup {
  private static final String COPY = "VACUUM INTO ?";
  private static final int FULL = 13;

  private final SqliteConnections source;
  private final Path target;

  SqliteBackup(SqliteConnections source, Path target) {
    this.source = source;
    this.target = target.toAbsolutePath().normalize();
  }

  /**
   * Makes the copy.
   *
   * @param written is told each second how many bytes there are; if it throws, the copy is dropped
   * @return how many bytes the copy has
   */
  long write(LongConsumer written) throws BackupProblem {
    Path directory = target.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new BackupProblem("there is no directory " + directory + " for the backup");
    }
    if (Files.exists(target)) {
      throw new BackupProblem(target + " exists already, and is left as it is");
    }
    Path part = null;
    try {
      part = DurableFiles.unnamed(target);
      copy(part, written);
      DurableFiles.sync(part);
      Integrity.demandOurs(part, "the backup");
      long bytes = Files.size(part);
      DurableFiles.name(part, target);
      return bytes;
    } catch (FileAlreadyExistsException meanwhile) {
      throw new BackupProblem(target + " exists already, and is left as it is", meanwhile);
    } catch (IOException failure) {
      throw new BackupProblem(target + " cannot be written: " + failure.getMessage(), failure);
    } catch (SQLException failure) {
      throw new BackupProblem(
          failure.getErrorCode() == FULL
              ? "there is no room for the backup in " + directory
              : "the backup failed: " + failure.getMessage(),
          failure);
    } finally {
      DurableFiles.drop(part);
    }
  }

  private void copy(Path part, LongConsumer written) throws SQLException, IOException {
    FutureTask<Integer> copying = new FutureTask<>(() -> copy(part));
    Thread thread = Thread.ofPlatform().daemon().name("ostiary-store-backup").start(copying);
    try {
      while (!isDone(copying)) {
        written.accept(Files.size(part));
      }
    } finally {
      Threads.join(thread);
    }
  }

  private int copy(Path part) throws SQLException {
    try (Statements statements = source.copies()) {
      return statements.change(COPY, part.toString());
    }
  }

  /** Waits for a second at most. */
  private static boolean isDone(FutureTask<Integer> copying) throws SQLException, IOException {
    try {
      copying.get(1, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof SQLException failure) {
        throw failure;
      }
      throw new IOException(failed.getCause());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("it was interrupted", stop);
    }
  }
}
