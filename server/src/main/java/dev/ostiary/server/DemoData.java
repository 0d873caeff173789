package dev.ostiary.server;

import dev.ostiary.server.data.IoErrors;
import dev.ostiary.server.exit.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a demonstration keeps its data.
 *
 * @param temporary whether it is deleted at the end
 */
record DemoData(Path path, boolean temporary) implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DemoData.class.getName());

  static DemoData open(Optional<Path> kept) throws StartRefused {
    if (kept.isPresent()) {
      return new DemoData(kept.get(), false);
    }
    try {
      return new DemoData(Files.createTempDirectory("ostiary-demo-"), true);
    } catch (IOException failure) {
      throw StartRefused.data(
          "No temporary directory can be made: " + IoErrors.of(failure) + ". Name one: --data DIR");
    }
  }

  @Override
  public void close() {
    if (!temporary) {
      return;
    }
    try (Stream<Path> tree = Files.walk(path)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.delete(each);
      }
    } catch (IOException failure) {
      LOG.log(System.Logger.Level.WARNING, "cannot delete " + path, failure);
    }
  }
}
