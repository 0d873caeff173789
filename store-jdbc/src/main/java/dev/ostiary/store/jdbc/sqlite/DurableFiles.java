package dev.ostiary.store.jdbc.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Files that are readable by their owner only, and get their name when they are on the disk. */
final class DurableFiles {
  private DurableFiles() {}

  /** What makes a new file its owner's. */
  static FileAttribute<?>[] ownerOnly(Path file) {
    return isPosix(file)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** A new, empty file beside this one, by another name. */
  static Path unnamed(Path file) throws IOException {
    return Files.createTempFile(
        file.toAbsolutePath().getParent(), file.getFileName() + ".", ".part", ownerOnly(file));
  }

  static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /**
   * Gives a file that has been synced its name, durably.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is a file of that name
   */
  static void name(Path unnamed, Path name) throws IOException {
    try {
      Files.createLink(name, unnamed);
      Files.delete(unnamed);
    } catch (UnsupportedOperationException noLinks) {
      Files.move(unnamed, name);
    }
    syncDirectory(name);
  }

  /** Makes the names in a file's directory durable. */
  static void syncDirectory(Path file) throws IOException {
    if (isPosix(file)) {
      try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent())) {
        directory.force(true);
      }
    }
  }

  /** Deletes a file that came to nothing, if it is there. */
  static void drop(@Nullable Path file) {
    if (file == null) {
      return;
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      System.getLogger(DurableFiles.class.getName())
          .log(System.Logger.Level.WARNING, "{0} stays: {1}", file, stays);
    }
  }

  /** How many bytes a user may still write beside a file. */
  static long room(Path file) throws IOException {
    FileStore store = Files.getFileStore(file.toAbsolutePath().getParent());
    return store.getUsableSpace();
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
