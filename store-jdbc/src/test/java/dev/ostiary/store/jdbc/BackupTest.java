package dev.ostiary.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.store.StoreInUse;
import dev.ostiary.store.jdbc.sqlite.BackupProblem;
import dev.ostiary.store.jdbc.sqlite.SqliteRestore;
import dev.ostiary.store.jdbc.sqlite.SqliteRestore.Restored;
import dev.ostiary.testkit.SampleSession;
import dev.ostiary.testkit.SampleTime;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups: what is in them, and what is restored and what is refused. */
final class BackupTest {
  private static final Path TIME_OF_RESTORE = Path.of("ostiary.db.before-20261121T120000Z");

  @TempDir private Path folder;

  @Test
  void hasWhatWasAcknowledgedBeforeItAndAWholeRunOfWhatCameMeanwhile() throws Exception {
    Path data = data("data");
    int acknowledged;
    int written;
    try (var store = SqliteStore.open(data);
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      AtomicBoolean ended = new AtomicBoolean();
      add(store, 0, 2000);
      Future<Integer> writing = threads.submit(() -> write(store, ended));
      acknowledged = 2000;
      long bytes = store.backUp(folder.resolve("backup"), _ -> {});
      ended.set(true);
      written = writing.get();
      assertThat(bytes).isEqualTo(Files.size(folder.resolve("backup")));
    }

    Restored restored = restore("backup", data("other"), false);

    assertThat(restored.aside()).isEmpty();
    try (var store = SqliteStore.open(data("other"))) {
      int kept = 0;
      while (kept < written && has(store, kept)) {
        kept++;
      }
      assertThat(kept).isGreaterThanOrEqualTo(acknowledged);
      for (int later = kept; later < written; later++) {
        assertThat(has(store, later)).as("session %d of %d", later, kept).isFalse();
      }
    }
  }

  @Test
  void isOneFileForItsOwnerOnly() throws Exception {
    try (var store = SqliteStore.open(data("data"))) {
      add(store, 0, 10);

      store.backUp(folder.resolve("backup"), _ -> {});
    }

    assertThat(Files.getPosixFilePermissions(folder.resolve("backup")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(files(folder)).containsExactlyInAnyOrder("backup", "data");
  }

  @Test
  void neverOverwritesAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("backup"), "something else");
    try (var store = SqliteStore.open(data("data"))) {
      assertThatThrownBy(() -> store.backUp(file, _ -> {}))
          .isInstanceOf(BackupProblem.class)
          .hasMessage(file + " exists already, and is left as it is");
      assertThatThrownBy(() -> store.backUp(folder.resolve("no/backup"), _ -> {}))
          .isInstanceOf(BackupProblem.class)
          .hasMessageStartingWith("there is no directory ");
    }
    assertThat(file).hasContent("something else");
  }

  @Test
  void leavesNothingBehindIfTheDatabaseIsDamaged() throws Exception {
    Path data = data("data");
    try (var store = SqliteStore.open(data)) {
      add(store, 0, 2000);
    }
    try (var store = SqliteStore.open(data)) {
      for (long page = 40; page < 50; page++) {
        overwrite(data.resolve("ostiary.db"), page);
      }

      assertThatThrownBy(() -> store.backUp(folder.resolve("backup"), _ -> {}))
          .isInstanceOf(BackupProblem.class);
    }
    assertThat(files(folder)).containsExactly("data");
  }

  @Test
  void movesTheOldDatabaseAsideWithItsLog() throws Exception {
    Path data = data("data");
    try (var store = SqliteStore.open(data)) {
      add(store, 0, 10);
      store.backUp(folder.resolve("backup"), _ -> {});
      add(store, 10, 10);
      Files.copy(data.resolve("ostiary.db-wal"), folder.resolve("wal"));
    }
    Files.move(folder.resolve("wal"), data.resolve("ostiary.db-wal"));

    assertThatThrownBy(() -> restore("backup", data, false))
        .isInstanceOf(BackupProblem.class)
        .hasMessageStartingWith("there is a database already, ");
    Restored restored = restore("backup", data, true);

    Path aside = data.resolve(TIME_OF_RESTORE);
    assertThat(restored.aside()).contains(aside);
    assertThat(aside).exists();
    assertThat(data.resolve(TIME_OF_RESTORE + "-wal")).exists();
    try (var store = SqliteStore.open(data)) {
      assertThat(has(store, 9)).isTrue();
      assertThat(has(store, 10)).isFalse();
    }
    try (var store = SqliteStore.open(aside)) {
      assertThat(has(store, 19)).isTrue();
    }
  }

  @Test
  void takesADatabaseThatWasCopiedWithItsLog() throws Exception {
    Path data = data("data");
    try (var store = SqliteStore.open(data)) {
      add(store, 0, 10);
      Files.copy(data.resolve("ostiary.db"), folder.resolve("copy"));
      Files.copy(data.resolve("ostiary.db-wal"), folder.resolve("copy-wal"));
    }

    restore("copy", data("other"), false);

    try (var store = SqliteStore.open(data("other"))) {
      assertThat(has(store, 9)).isTrue();
    }
    assertThat(files(data("other")))
        .contains("ostiary.db")
        .noneMatch(name -> name.contains("part"));
  }

  @Test
  void refusesWhatIsNoBackupOfThisProgram() throws Exception {
    Files.writeString(folder.resolve("text"), "hello ".repeat(1000));
    Files.createFile(folder.resolve("empty"));
    execute("recipes", "CREATE TABLE recipes (title TEXT)");
    try (var store = SqliteStore.open(data("data"))) {
      add(store, 0, 2000);
      store.backUp(folder.resolve("newer"), _ -> {});
      store.backUp(folder.resolve("damaged"), _ -> {});
    }
    execute(
        "newer", "INSERT INTO migrations (version, name, checksum) VALUES (99, 'x', zeroblob(32))");
    for (long page = 30; page < 50; page++) {
      overwrite(folder.resolve("damaged"), page);
    }

    refused("missing", "there is no file ");
    refused("text", "text is not a database, or is damaged");
    refused("empty", "empty is not a database of Ostiary");
    refused("recipes", "recipes is not a database of Ostiary");
    refused("newer", "was written by a newer Ostiary");
    refused("damaged", "damaged is damaged: ");
    assertThat(files(data("other"))).doesNotContain("ostiary.db");
  }

  @Test
  void refusesWhileAServerRuns() throws Exception {
    try (var store = SqliteStore.open(data("data"))) {
      store.backUp(folder.resolve("backup"), _ -> {});

      assertThatThrownBy(() -> restore("backup", data("data"), true))
          .isInstanceOf(StoreInUse.class);
      store.ping();
    }
  }

  private void refused(String backup, String why) {
    assertThatThrownBy(() -> restore(backup, data("other"), true))
        .as(backup)
        .isInstanceOf(BackupProblem.class)
        .hasMessageContaining(why);
  }

  private Restored restore(String backup, Path data, boolean replace) throws BackupProblem {
    return SqliteRestore.of(
        folder.resolve(backup), data.resolve("ostiary.db"), replace, SampleTime.NOW);
  }

  private Path data(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  private static int write(SqliteStore store, AtomicBoolean ended) {
    int next = 2000;
    while (!ended.get()) {
      add(store, next, 1);
      next++;
    }
    return next;
  }

  private static void add(SqliteStore store, int first, int count) {
    for (int i = first; i < first + count; i++) {
      store.sessions().add(SampleSession.of("cookie " + i));
    }
  }

  private static boolean has(SqliteStore store, int number) {
    return store
        .sessions()
        .find(SampleSession.of("cookie " + number).hash(), SampleTime.NOW)
        .isPresent();
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private void execute(String file, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(file));
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static void overwrite(Path path, long page) throws IOException {
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek((page - 1) * 4096);
      file.write("damage".repeat(600).getBytes(StandardCharsets.US_ASCII));
    }
  }
}
