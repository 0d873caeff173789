package dev.ostiary.store.jdbc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A file system of its own with a few MiB, where this user may mount one. */
final class SmallDisk implements AutoCloseable {
  private final Path directory;

  private SmallDisk(Path directory) {
    this.directory = directory;
  }

  /** Mounts one at this directory; skips the test if that is not possible. */
  static SmallDisk mount(Path directory, int mebibytes) throws IOException {
    Files.createDirectories(directory);
    String problem =
        run(
            "mount",
            "-t",
            "tmpfs",
            "-o",
            "size=" + mebibytes + "m",
            "ostiary",
            directory.toString());
    Assumptions.assumeTrue(
        problem.isEmpty(), "a full disk needs the right to mount a file system: " + problem);
    return new SmallDisk(directory);
  }

  void makeReadOnly() throws IOException {
    String problem = run("mount", "-o", "remount,ro", directory.toString());
    if (!problem.isEmpty()) {
      throw new IOException(problem);
    }
  }

  /** What the command said if it failed. */
  private static String run(String... command) throws IOException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? "" : command[0] + ": " + said;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return "interrupted";
    } catch (IOException missing) {
      return String.valueOf(missing.getMessage());
    }
  }

  /** SQLite's library may be loaded from it, and stays so. */
  @Override
  public void close() throws IOException {
    String problem = run("umount", "-l", directory.toString());
    if (!problem.isEmpty()) {
      throw new IOException(problem);
    }
  }
}
