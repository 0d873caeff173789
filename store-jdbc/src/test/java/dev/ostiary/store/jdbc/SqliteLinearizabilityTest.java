package dev.ostiary.store.jdbc;

import dev.ostiary.testkit.history.LinearizabilityContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The store on SQLite. */
final class SqliteLinearizabilityTest extends LinearizabilityContract {
  SqliteLinearizabilityTest(@TempDir Path directory) {
    super(List.of(SqliteStore.open(directory)), 50);
  }
}
