package dev.ostiary.store.jdbc.sqlite;

import dev.ostiary.authorization.store.StoreInUse;
import dev.ostiary.authorization.store.StoreUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The database's file, readable by its owner only, and a lock beside it that keeps every other
 * process away. SQLite gives its log the permissions of the file. The lock is on a file of its own:
 * closing one that SQLite has open would drop SQLite's locks.
 */
final class SqliteFile implements AutoCloseable {
  private static final String NAME = "ostiary.db";

  private final Path path;
  private final FileChannel lock;
  private final FileChannel content;
  private final @Nullable Object identity;

  private SqliteFile(Path path, FileChannel lock) throws IOException {
    this.path = path;
    this.lock = lock;
    this.content = FileChannel.open(path, StandardOpenOption.WRITE);
    this.identity = identity(path);
  }

  static SqliteFile open(Path directoryOrFile) {
    Path path =
        Files.isDirectory(directoryOrFile) ? directoryOrFile.resolve(NAME) : directoryOrFile;
    path = path.toAbsolutePath().normalize();
    Path directory = path.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new StoreUnavailable("there is no directory " + directory + " for the database");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new StoreUnavailable(path + " is not a file");
    }
    try {
      FileChannel lock = lock(path);
      create(path);
      return new SqliteFile(path, lock);
    } catch (IOException failure) {
      throw new StoreUnavailable(
          path + " cannot be created or opened: is " + directory + " writable?", failure);
    }
  }

  Path path() {
    return path;
  }

  /** Returns when what has been written to the file is on the disk. */
  void sync() throws IOException {
    content.force(false);
  }

  /**
   * @throws StoreUnavailable if another file has its name, or none
   */
  void checkThere() {
    try {
      if (Objects.equals(identity, identity(path))) {
        return;
      }
    } catch (IOException gone) {
      throw notThere(gone);
    }
    throw notThere(null);
  }

  private StoreUnavailable notThere(@Nullable IOException cause) {
    return new StoreUnavailable(
        "the database's file has been moved or deleted",
        path + " has been moved or deleted while it is in use",
        cause);
  }

  /** Device and number of the file, where there is such a thing. */
  private static @Nullable Object identity(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  /**
   * Lets others open it, once SQLite has closed it. The lock's file stays, since removing it could
   * free two at once.
   */
  @Override
  public void close() {
    try (lock) {
      content.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Locks a database's file, which need not be there.
   *
   * @throws StoreInUse if another process has it
   */
  static FileChannel lock(Path database) throws IOException {
    Path path = database.resolveSibling(database.getFileName() + ".lock");
    create(path);
    FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new StoreInUse(
          database + " is locked by another process: stop it, or configure another directory");
    }
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException here) {
      return null;
    }
  }

  private static void create(Path file) throws IOException {
    try {
      Files.createFile(file, DurableFiles.ownerOnly(file));
    } catch (FileAlreadyExistsException there) {
      // As it should be, from the second start on.
      return;
    }
  }
}
