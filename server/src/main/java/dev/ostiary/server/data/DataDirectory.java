package dev.ostiary.server.data;

import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.server.StartRefused;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** The directory of everything that is kept; nobody but its owner may look into it. */
public final class DataDirectory {
  private static final String DATABASE = "ostiary.db";

  private final Path path;

  private DataDirectory(Path path) {
    this.path = path;
  }

  /** Creates the directory if there is none. One that is empty still is closed to others. */
  public static DataDirectory open(Path path) throws StartRefused {
    try {
      Files.createDirectories(path);
      if (isEmpty(path)) {
        close(path);
      }
    } catch (FileAlreadyExistsException file) {
      throw StartRefused.data(
          path + " is not a directory. Set 'data' to one, or move the file away.");
    } catch (IOException failure) {
      throw StartRefused.data(
          "The data directory " + path + " cannot be used: " + Trouble.of(failure) + ".");
    }
    if (!Files.isWritable(path)) {
      throw StartRefused.data("The data directory " + path + " is not writable for this user.");
    }
    return new DataDirectory(path);
  }

  private static boolean isEmpty(Path path) throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.findAny().isEmpty();
    }
  }

  private static void close(Path path) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** The key of this directory, made when the directory is new. */
  public MasterKey masterKey() throws StartRefused {
    return new MasterKeyFile(path.resolve("master.key")).read(Files.exists(database()));
  }

  public Path database() {
    return path.resolve(DATABASE);
  }

  public Path auditStream() {
    return path.resolve("audit.jsonl");
  }

  public Path path() {
    return path;
  }
}
