package dev.ostiary.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.testkit.SampleCode;
import dev.ostiary.testkit.SampleTime;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a ping says of a store that could not write what a refresh has to. */
final class StoreTroubleTest {
  @TempDir private Path directory;

  @Test
  void aPingIsWrittenAndLeavesNothingBehind() throws Exception {
    try (var store = SqliteStore.open(directory)) {
      Path log = directory.resolve("ostiary.db-wal");
      long before = Files.size(log);

      store.ping();

      assertThat(Files.size(log)).isGreaterThan(before);
      assertThat(count(store, "SELECT count(*) FROM refresh_tokens")).isZero();
    }
  }

  @Test
  void aFullDiskIsNamedAndGoesBy() {
    try (var store = SqliteStore.open(directory)) {
      long pages = count(store, "PRAGMA page_count");
      count(store, "PRAGMA max_page_count = " + pages);
      fillThePages(store);

      assertThatThrownBy(store::ping)
          .isInstanceOfSatisfying(
              StoreUnavailable.class,
              full -> assertThat(full.reason()).isEqualTo("the disk is full"));

      count(store, "PRAGMA max_page_count = " + 100 * pages);
      store.ping();
    }
  }

  @Test
  void aDamagedPageIsNamed() throws Exception {
    long page;
    try (var store = SqliteStore.open(directory)) {
      page = count(store, "SELECT rootpage FROM sqlite_schema WHERE name = 'refresh_tokens'");
    }

    try (var store = SqliteStore.open(directory)) {
      overwrite(page);

      assertThatThrownBy(store::ping)
          .isInstanceOfSatisfying(
              StoreUnavailable.class,
              damaged ->
                  assertThat(damaged.reason())
                      .isEqualTo("the database is damaged: restore it from a backup"));
    }
  }

  @Test
  void aDamagedPageThatOnlyOthersReadIsRemembered() throws Exception {
    long page;
    try (var store = SqliteStore.open(directory)) {
      page = count(store, "SELECT rootpage FROM sqlite_schema WHERE name = 'codes'");
    }

    try (var store = SqliteStore.open(directory)) {
      overwrite(page);

      store.ping();
      assertThatThrownBy(() -> store.grants().find(SampleCode.of("code", "grant").hash()))
          .isInstanceOf(StoreUnavailable.class);

      assertThatThrownBy(store::ping)
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageStartingWith("the database is damaged");
    }
  }

  @Test
  void aDirectoryThatWasDeletedIsNamed() throws Exception {
    try (var store = SqliteStore.open(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
      Files.createDirectory(directory);

      assertThatThrownBy(store::ping)
          .isInstanceOfSatisfying(
              StoreUnavailable.class,
              gone ->
                  assertThat(gone.reason())
                      .isEqualTo("the database's file has been moved or deleted"));
      Files.createFile(directory.resolve("ostiary.db"));
      assertThatThrownBy(store::ping).hasMessageEndingWith("deleted while it is in use");
    }
  }

  @Test
  void anOldStoreKnowsTheTimeOfItsNewestRecord() {
    try (var store = SqliteStore.open(directory)) {
      assertThat(store.lastSeen()).isEmpty();
      store.grants().add(SampleCode.of("code", "grant"));
      store.write(
          statements ->
              statements.change("DROP TABLE clock")
                  + statements.change("DELETE FROM migrations WHERE version = 3"));
    }

    try (var store = SqliteStore.open(directory)) {
      assertThat(store.lastSeen()).contains(SampleTime.NOW);

      store.seen(SampleTime.NOW.plusSeconds(60));
      assertThat(store.lastSeen()).contains(SampleTime.NOW.plusSeconds(60));
    }
  }

  /** Rows like the ping's, until none has room in the pages that there are. */
  private static void fillThePages(SqliteStore store) {
    String add =
        """
        INSERT INTO refresh_tokens (hash, grant_id, generation, expires_at)
        VALUES (randomblob(32), hex(randomblob(18)), 0, 0)
        """;
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1000; i++) {
                store.write(statements -> statements.change(add));
              }
            })
        .isInstanceOf(StoreUnavailable.class);
  }

  private static long count(SqliteStore store, String query) {
    return store.write(statements -> statements.one(query, Columns::number)).orElseThrow();
  }

  private void overwrite(long page) throws IOException {
    try (var file = new RandomAccessFile(directory.resolve("ostiary.db").toFile(), "rw")) {
      file.seek((page - 1) * 4096);
      file.write("damage".repeat(600).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
  }
}
