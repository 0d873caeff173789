package dev.ostiary.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checked-out tree that the tests run in. */
final class SourceTree {
  private SourceTree() {}

  /** The folder that holds all modules. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("requirements"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("run the tests inside the source tree");
    }
    return folder;
  }
}
