package dev.ostiary.store.jdbc;

import dev.ostiary.authorization.store.Store;
import dev.ostiary.testkit.store.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The store on SQLite keeps the contract. */
final class SqliteStoreContractTest extends StoreContract {
  private final Path directory;

  SqliteStoreContractTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Override
  protected Store open() {
    return SqliteStore.open(directory);
  }
}
