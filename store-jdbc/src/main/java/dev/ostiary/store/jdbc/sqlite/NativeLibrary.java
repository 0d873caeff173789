package dev.ostiary.store.jdbc.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite's native library, which is unpacked before it is loaded: beside the database, where no
 * other account can write, and not in the temporary directory of the whole machine. {@code
 * -Dorg.sqlite.tmpdir=DIR} names another place.
 */
final class NativeLibrary {
  private static final System.Logger LOG = System.getLogger(NativeLibrary.class.getName());
  private static final String DIRECTORY = "native";
  private static final String PROPERTY = "org.sqlite.tmpdir";
  private static boolean loaded;

  private NativeLibrary() {}

  /** Loads it, once for a Java machine. */
  static synchronized void loadBeside(Path database) {
    if (loaded || System.getProperty(PROPERTY) != null) {
      return;
    }
    Path directory = database.toAbsolutePath().resolveSibling(DIRECTORY);
    try {
      prepare(directory);
      System.setProperty(PROPERTY, directory.toString());
      loaded = SQLiteJDBCLoader.initialize();
    } catch (Exception failure) {
      LOG.log(
          System.Logger.Level.WARNING,
          "SQLite''s library is unpacked into the temporary directory of this machine, since {0}"
              + " cannot be used: {1}",
          directory,
          failure);
    } finally {
      System.clearProperty(PROPERTY);
    }
  }

  private static void prepare(Path directory) throws IOException {
    Files.createDirectories(directory);
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
    List<Path> unpacked;
    try (Stream<Path> files = Files.list(directory)) {
      unpacked = files.filter(file -> file.getFileName().toString().startsWith("sqlite-")).toList();
    }
    for (Path old : unpacked) {
      Files.deleteIfExists(old); // of a process that was killed; one that runs has it loaded
    }
  }
}
