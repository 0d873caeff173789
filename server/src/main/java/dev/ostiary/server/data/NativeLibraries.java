package dev.ostiary.server.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where SQLite's native library is unpacked before it is loaded: in a directory that nobody else
 * can write to, and not in the temporary one of the whole machine.
 */
final class NativeLibraries {
  private static final System.Logger LOG = System.getLogger(NativeLibraries.class.getName());
  private static final String PROPERTY = "org.sqlite.tmpdir";

  private NativeLibraries() {}

  /** Has no effect if the property is set already. */
  static void keepIn(Path directory) {
    if (System.getProperty(PROPERTY) != null) {
      return;
    }
    try {
      Files.createDirectories(directory);
      if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      }
      for (Path old : unpacked(directory)) {
        Files.deleteIfExists(old); // of a process that was killed; one that runs has it loaded
      }
      System.setProperty(PROPERTY, directory.toAbsolutePath().toString());
    } catch (IOException failure) {
      LOG.log(
          System.Logger.Level.WARNING,
          "SQLite''s library is unpacked into the temporary directory of this machine, since {0}"
              + " cannot be used: {1}",
          directory,
          Trouble.of(failure));
    }
  }

  private static List<Path> unpacked(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().startsWith("sqlite-")).toList();
    }
  }
}
