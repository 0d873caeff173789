package dev.ostiary.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.grant.Grants;
import dev.ostiary.authorization.hash.AssertionHash;
import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.store.BrowserSession;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.GrantFilter;
import dev.ostiary.authorization.store.GrantStore.Rotation;
import dev.ostiary.authorization.store.RotationPolicy;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.testkit.SampleClient;
import dev.ostiary.testkit.SampleCode;
import dev.ostiary.testkit.SampleGrant;
import dev.ostiary.testkit.SampleKey;
import dev.ostiary.testkit.SampleSession;
import dev.ostiary.testkit.SampleSignIn;
import dev.ostiary.testkit.SampleTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store's file: what it survives, whom it refuses, and what it leaves behind. */
final class SqliteStoreTest {
  private static final Instant NOW = SampleTime.NOW;
  private static final Duration IDLE = Duration.ofDays(30);
  private static final RotationPolicy POLICY = new RotationPolicy(Duration.ofMinutes(10), IDLE);

  @TempDir private Path directory;

  @Test
  void hasEverythingWhenItIsOpenedAgain() {
    var key = SampleKey.of("key", NOW);
    var assertion = AssertionHash.of(SampleClient.ID, "jti");
    try (var store = SqliteStore.open(directory)) {
      store.clients().add(SampleClient.confidential("a", "secret"));
      store.assertions().use(assertion, NOW.plusSeconds(60), NOW);
      store.sessions().add(SampleSession.of("cookie"));
      store.keys().add(key);
      inForce(store, "grant", "1");
      store.grants().rotate(hash("1"), hash("2"), POLICY, NOW);
      inForce(store, "ended", "a");
      store.grants().end(SampleGrant.of("ended").id(), EndReason.REVOKED, NOW);
    }

    try (var store = SqliteStore.open(directory)) {
      assertThat(store.clients().find(SampleClient.open("a").id()))
          .contains(SampleClient.confidential("a", "secret"));
      assertThat(store.assertions().use(assertion, NOW.plusSeconds(60), NOW)).isFalse();
      assertThat(store.sessions().find(SampleSession.of("cookie").hash(), NOW)).isPresent();
      assertThat(store.keys().all()).containsExactly(key);
      assertThat(store.revocations().epoch()).isEqualTo(1);
      assertThat(store.grants().rotate(hash("2"), hash("3"), POLICY, NOW))
          .isEqualTo(new Rotation.Won(SampleGrant.of("grant")));
    }
  }

  @Test
  void keepsTheFirstReasonForWhichAGrantEnded() throws Exception {
    try (var store = SqliteStore.open(directory)) {
      inForce(store, "grant", "1");
      store.grants().end(SampleGrant.of("grant").id(), EndReason.CODE_REPLAYED, NOW);
      store.grants().end(SampleGrant.of("grant").id(), EndReason.REVOKED, NOW);
    }

    assertThat(text("SELECT end_reason FROM grants")).isEqualTo("CODE_REPLAYED");
  }

  @Test
  void opensAFileOfAnyName() {
    Path file = directory.resolve("another name.sqlite");
    SqliteStore.open(file).close();

    assertThat(file).isRegularFile();
  }

  @Test
  void refusesASecondOpener() {
    try (var store = SqliteStore.open(directory)) {
      assertThatThrownBy(() -> SqliteStore.open(directory))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining("locked by another process");
      store.ping();
    }
    SqliteStore.open(directory).close();
  }

  @Test
  void refusesAnotherProcess() throws Exception {
    Path lock = Files.createFile(directory.resolve("ostiary.db.lock"));
    Process other = holdLock(lock);
    try {
      assertThat(other.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("locked");

      assertThatThrownBy(() -> SqliteStore.open(directory))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining("locked by another process");
    } finally {
      other.destroyForcibly().waitFor();
    }
    SqliteStore.open(directory).close();
  }

  @Test
  void refusesADirectoryThatIsNotThere() {
    assertThatThrownBy(() -> SqliteStore.open(directory.resolve("missing/ostiary.db")))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageStartingWith("there is no directory " + directory.resolve("missing"));
  }

  @Test
  void refusesADirectoryInPlaceOfTheFile() throws Exception {
    Files.createDirectory(directory.resolve("ostiary.db"));

    assertThatThrownBy(() -> SqliteStore.open(directory))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageEndingWith("ostiary.db is not a file");
  }

  @Test
  void refusesAFileThatIsNoDatabaseAndLeavesItAlone() throws Exception {
    Path file = Files.writeString(directory.resolve("ostiary.db"), "hello ".repeat(1000));

    assertThatThrownBy(() -> SqliteStore.open(directory))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("is not a database");
    assertThat(file).hasContent("hello ".repeat(1000));
    assertThat(files()).containsExactlyInAnyOrder("ostiary.db", "ostiary.db.lock");
  }

  @Test
  void refusesADamagedFile() throws Exception {
    SqliteStore.open(directory).close();
    byte[] bytes = Files.readAllBytes(file());
    for (int i = 100; i < 4096; i++) {
      bytes[i] = 0x55;
    }
    Files.write(file(), bytes);

    assertThatThrownBy(() -> SqliteStore.open(directory))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("is damaged: restore it from a backup");
  }

  @Test
  void refusesAFileWithADamagedPage() throws Exception {
    long page;
    try (var store = SqliteStore.open(directory)) {
      page =
          store.write(
              statements ->
                  statements
                      .one(
                          "SELECT rootpage FROM sqlite_schema WHERE name = 'codes'",
                          Columns::number)
                      .orElseThrow());
    }
    byte[] bytes = Files.readAllBytes(file());
    Arrays.fill(bytes, (int) (page - 1) * 4096, (int) page * 4096, (byte) 0x55);
    Files.write(file(), bytes);

    assertThatThrownBy(() -> SqliteStore.open(directory))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("ostiary.db is damaged: restore it from a backup (");
    assertThat(file()).hasBinaryContent(bytes);
  }

  @Test
  void findsDamageOfALargeFileWhenItHasStarted() throws Exception {
    String longName = "name ".repeat(20_000);
    try (var store = SqliteStore.open(directory)) {
      for (int i = 0; i < 200; i++) {
        BrowserSession sample = SampleSession.of("cookie " + i);
        store
            .sessions()
            .add(new BrowserSession(sample.hash(), sample.subject(), longName, sample.expiresAt()));
      }
    }
    byte[] bytes = Files.readAllBytes(file());
    Arrays.fill(bytes, 1000 * 4096, 1010 * 4096, (byte) 0x55);
    Files.write(file(), bytes);

    try (var store = SqliteStore.open(directory)) {
      Instant end = Instant.now().plusSeconds(60);
      while (pingFails(store).isEmpty()) {
        assertThat(Instant.now()).isBefore(end);
      }
      assertThat(pingFails(store)).contains("the database is damaged: restore it from a backup");
    }
  }

  private static Optional<String> pingFails(SqliteStore store) {
    try {
      store.ping();
      return Optional.empty();
    } catch (StoreUnavailable failure) {
      return Optional.of(failure.reason());
    }
  }

  @Test
  void refusesAnotherProgramsDatabase() throws Exception {
    execute("CREATE TABLE recipes (title TEXT)");

    assertThatThrownBy(() -> SqliteStore.open(directory))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("another program's database");
  }

  @Test
  void refusesANewerVersionsDatabaseAndChangesNothing() throws Exception {
    SqliteStore.open(directory).close();
    execute("INSERT INTO migrations (version, name, checksum) VALUES (99, 'x', zeroblob(32))");

    assertThatThrownBy(() -> SqliteStore.open(directory))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("written by a newer Ostiary")
        .hasMessageContaining("version 99");
    assertThat(text("SELECT max(version) FROM migrations")).isEqualTo("99");
  }

  @Test
  void refusesADatabaseThatAnotherMigrationSetUp() throws Exception {
    SqliteStore.open(directory).close();
    execute("UPDATE migrations SET checksum = zeroblob(32)");

    assertThatThrownBy(() -> SqliteStore.open(directory))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("another migration 1 (foundation)");
  }

  @Test
  void forgetsInStepsBetweenWhichOthersWrite() {
    try (var store = SqliteStore.open(directory)) {
      for (int i = 0; i < 500; i++) {
        inForce(store, "grant " + i, "token of " + i);
      }
      long before = store.commits();

      store.purge(SampleGrant.of("grant 0").expiresAt());

      assertThat(store.commits() - before).isGreaterThanOrEqualTo(10);
    }
  }

  @Test
  void endsManyGrantsInAFewTransactions() {
    try (var store = SqliteStore.open(directory)) {
      for (int i = 0; i < 1000; i++) {
        store.grants().add(SampleCode.of("code " + i, "grant " + i));
      }
      Grants grants =
          Grants.of(store.grants(), store.approvals(), _ -> {}, List.of(), _ -> {}, Runnable::run);
      long before = store.commits();

      int ended = grants.endAll(GrantFilter.ALL, EndReason.OPERATOR, "-", NOW, _ -> {});

      assertThat(ended).isEqualTo(1000);
      assertThat(store.commits() - before).isEqualTo(10);
      assertThat(store.revocations().since(0)).hasSize(1000);
    }
  }

  @Test
  void createsFilesForItsOwnerOnly() throws Exception {
    try (var store = SqliteStore.open(directory)) {
      store.keys().add(SampleKey.of("key", NOW));

      assertThat(files())
          .contains("ostiary.db", "ostiary.db-wal", "ostiary.db-shm", "ostiary.db.lock");
      for (String file : files()) {
        assertThat(Files.getPosixFilePermissions(directory.resolve(file)))
            .as(file)
            .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      }
    }
  }

  @Test
  void leavesItsFileAndTheLockBehindAndNothingElse() throws Exception {
    try (var store = SqliteStore.open(directory)) {
      store.keys().add(SampleKey.of("key", NOW));
    }

    assertThat(files()).containsExactlyInAnyOrder("ostiary.db", "ostiary.db.lock");
  }

  @Test
  void writesAClientsUseOnceAnHour() {
    try (var store = SqliteStore.open(directory)) {
      var client = SampleClient.open("a");
      store.clients().add(client);
      long before = store.commits();

      for (int minute = 1; minute <= 90; minute++) {
        store.clients().used(client.id(), NOW.plus(Duration.ofMinutes(minute)));
      }

      assertThat(store.commits() - before).isEqualTo(1);
    }
  }

  @Test
  @Requirement("A-34")
  void holdsNoSecretThatCouldBeUsed() throws Exception {
    try (var store = SqliteStore.open(directory)) {
      store.clients().add(SampleClient.confidential("a", "the-client-secret"));
      store.signIns().add(SampleSignIn.of("the-state", "the-binding"));
      store.sessions().add(SampleSession.of("the-session-cookie"));
      store.grants().add(SampleCode.of("the-code", "waiting"));
      inForce(store, "grant", "the-first-refresh-token");
      store.grants().rotate(hash("the-first-refresh-token"), hash("the-second"), POLICY, NOW);
      Sealed sealed = Sealed.of(new byte[] {1, 2, 3});
      store.upstreamTokens().keep("github", "1", SampleGrant.SCOPES, sealed, null, NOW);
    }

    assertThat(Files.readString(file(), StandardCharsets.ISO_8859_1))
        .contains("octocat")
        .doesNotContain(SampleClient.registrationToken("a"))
        .doesNotContain("the-client-secret", "the-state", "the-binding", "the-session-cookie")
        .doesNotContain("the-code", "the-first-refresh-token", "the-second");
  }

  private static void inForce(SqliteStore store, String grantId, String refreshToken) {
    var code = SampleCode.of("code of " + grantId, grantId);
    store.grants().add(code);
    store.grants().redeem(code.hash(), hash(refreshToken), IDLE, NOW);
  }

  private static RefreshHash hash(String refreshToken) {
    return RefreshHash.of(refreshToken);
  }

  private Path file() {
    return directory.resolve("ostiary.db");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.map(path -> path.getFileName().toString()).toList();
    }
  }

  private void execute(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private String text(String query) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = connection.createStatement();
        var results = statement.executeQuery(query)) {
      return results.getString(1);
    }
  }

  private static Process holdLock(Path lock) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            LockHolder.class.getName(),
            lock.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
