package dev.ostiary.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.key.DataKeys;
import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.authorization.key.SigningAlgorithm;
import dev.ostiary.authorization.key.SigningKeys;
import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.server.data.DataDirectory;
import dev.ostiary.server.exit.ExitCode;
import dev.ostiary.server.exit.StartRefused;
import dev.ostiary.store.jdbc.SqliteStore;
import dev.ostiary.testkit.SampleClient;
import dev.ostiary.testkit.SampleCode;
import dev.ostiary.testkit.SampleTime;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operating commands on the data of a server that does not run. */
final class OperatingCommandsTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void makeData() throws StartRefused {
    Path data = folder.resolve("ostiary-data");
    try (SqliteStore store = SqliteStore.open(DataDirectory.open(data).database())) {
      store.clients().add(SampleClient.open("cli"));
      inForce(store, "g1", "github:583231", "octocat", "cli", 0);
      inForce(store, "g2", "github:2", "mona\u001b[31m\u202e", "gone", 60);
    }
  }

  @Nested
  class BackupsAndRestores {
    @Test
    void bringBackWhatTheBackupHas() throws Exception {
      Files.writeString(folder.resolve("ostiary-data/master.key"), "key");
      assertThat(run("backup backup.db")).as(err()).isZero();
      assertThat(out()).matches("Backup: " + folder.resolve("backup.db") + ", \\d+ KiB\n");
      assertThat(err())
          .isEqualTo(
              "A backup is of use only with the master key, "
                  + folder.resolve("ostiary-data/master.key")
                  + ". Keep a copy of the key in another place than the backups.\n");
      run("clients remove cli");

      assertThat(run("restore backup.db --replace")).as(err()).isZero();

      assertThat(out())
          .startsWith("Restored: " + folder.resolve("ostiary-data/ostiary.db") + ", ")
          .contains("ostiary.db.before-20261121T120000Z");
      assertThat(err()).isEmpty();
      run("grants list --json");
      assertThat(out()).contains("\"g1\"", "\"g2\"");
      assertThat(Files.readString(folder.resolve("ostiary-data/audit.jsonl")))
          .contains("\"event\":\"store.backed-up\",\"request\":\"-\",\"file\":\"")
          .contains("\"event\":\"store.restored\"");
    }

    @Test
    void areRefusedWhereSomethingWouldBeLost() throws Exception {
      run("backup backup.db");
      byte[] before = Files.readAllBytes(folder.resolve("backup.db"));

      assertThat(run("backup backup.db")).isEqualTo(ExitCode.FAILED.number());
      assertThat(err())
          .isEqualTo(folder.resolve("backup.db") + " exists already, and is left as it is.\n");
      assertThat(run("restore backup.db")).isEqualTo(ExitCode.FAILED.number());
      assertThat(err()).startsWith("There is a database already, ").contains("--replace");
      assertThat(run("restore nothing.db --replace")).isEqualTo(ExitCode.FAILED.number());
      assertThat(err()).isEqualTo("There is no file " + folder.resolve("nothing.db") + ".\n");
      assertThat(folder.resolve("backup.db")).hasBinaryContent(before);
    }

    @Test
    void makeADataDirectoryOnANewMachine() {
      run("backup backup.db --json");
      assertThat(out()).startsWith("{\"file\":\"").contains("\"bytes\":");

      assertThat(run("restore backup.db --data other")).isZero();

      assertThat(err())
          .isEqualTo(
              "There is no master key in "
                  + folder.resolve("other")
                  + ": the server needs the one that the backup was made with.\n");
      run("grants list --json --data other");
      assertThat(out()).contains("\"g1\"", "\"g2\"");
    }
  }

  @Nested
  class Clients {
    @Test
    void areAddedAndNamedWithTheirSecretOnce() {
      assertThat(run("clients add --name Mine --redirect-uri https://a.example/cb --id mine"))
          .isZero();
      assertThat(out()).isEqualTo("Client ID:      mine\n");

      assertThat(run("clients add --name Desk --redirect-uri https://a.example/cb --secret"))
          .isZero();
      assertThat(out()).matches("Client ID:      oc_\\S+\nClient secret:  ocs_\\S{43}\n");
      assertThat(err()).isEqualTo("Keep the secret: it is shown this once.\n");
      String secret = out().strip().replaceFirst("(?s).* ", "");

      run("clients list --json");
      assertThat(out()).contains("\"client\":\"mine\"", "\"added_by\":\"operator\"");
      assertThat(out()).hasLineCount(3).doesNotContain(secret);
    }

    @Test
    void areAddedForPrograms() {
      assertThat(run("clients add --name A --redirect-uri https://a.example/ --id a --json"))
          .isZero();

      assertThat(out()).isEqualTo("{\"client\":\"a\"}\n");
      assertThat(err()).isEmpty();
    }

    @Test
    void areListedAsATable() {
      run("clients add --name Mine --redirect-uri https://a.example/cb --id mine --secret");

      assertThat(run("clients list")).isZero();

      assertThat(out())
          .isEqualTo(
              """
              CLIENT  NAME          ADDED BY  ADDED              LAST USED          SECRET  REDIRECT URIS
              cli     Sample CLI 例  itself    2026-11-21T12:00Z  2026-11-21T12:00Z  no      http://127.0.0.1:7777/callback com.example.app:/callback
              mine    Mine          operator  2026-11-21T12:00Z  2026-11-21T12:00Z  yes     https://a.example/cb
              """);
      assertThat(err()).isEqualTo("No server runs: clients of its configuration are not listed.\n");
    }

    @Test
    @Requirement("R-50")
    void areRemovedWithTheirGrants() throws Exception {
      assertThat(run("clients remove cli")).isZero();
      assertThat(out()).isEqualTo("Removed client cli; grants ended: 1\n");

      run("grants list --json");
      assertThat(out()).contains("\"g2\"").doesNotContain("\"g1\"");
      assertThat(Files.readString(folder.resolve("ostiary-data/audit.jsonl")))
          .contains(
              "\"event\":\"grant.ended\",\"request\":\"-\",\"grant\":\"g1\",\"reason\":\"operator\"",
              "\"event\":\"client.removed\",\"request\":\"-\",\"client\":\"cli\",\"by\":\"operator\"");
      assertThat(run("clients remove cli")).isEqualTo(ExitCode.FAILED.number());
      assertThat(err()).isEqualTo("There is no client cli.\n");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "--redirect-uri http://a.example/ | The redirect URI http://a.example/ is http on a host",
          "--redirect-uri https://a.example/ --id cli | There is a client cli already.",
          "--redirect-uri https://a.example/ --id a/b | The client's id must be up to 100 letters",
        })
    void areNotAddedAgainstTheRules(String options, String message) {
      assertThat(run("clients add --name Mine " + options)).isEqualTo(ExitCode.FAILED.number());
      assertThat(err()).startsWith(message).hasLineCount(1);
      assertThat(out()).isEmpty();
    }
  }

  @Nested
  class Grants {
    @Test
    @Requirement("R-50")
    void areListedAsATableWithoutWhatWouldActOnATerminal() {
      assertThat(run("grants list")).isZero();

      assertThat(out())
          .isEqualTo(
              """
              GRANT  USER        SUBJECT        CLIENT  CREATED            LAST USED          RESOURCE                     SCOPES     CLIENT NAME
              g1     octocat     github:583231  cli     2026-11-21T12:00Z  2026-11-21T12:00Z  https://mcp.example.com/mcp  read:user  Sample CLI 例
              g2     mona?[31m?  github:2       gone    2026-11-21T11:59Z  2026-11-21T12:00Z  https://mcp.example.com/mcp  read:user  -
              """);
    }

    @ParameterizedTest
    @CsvSource({
      "--user octocat, g1",
      "--user github:583231, g1",
      "--client gone, g2",
      "--client gone --user github:2, g2"
    })
    void areFoundByUserAndClient(String options, String grant) {
      assertThat(run("grants list --json " + options)).isZero();

      assertThat(out()).startsWith("{\"grant\":\"" + grant + "\"").hasLineCount(1);
      assertThat(out()).doesNotContain("\u001b", "refresh of");
    }

    @Test
    void areNotThere() {
      assertThat(run("grants list --user hubot")).isZero();
      assertThat(out()).isEmpty();
      assertThat(err()).isEqualTo("There are no such grants.\n");
    }

    @Test
    @Requirement("R-50")
    void areRevoked() {
      assertThat(run("grants revoke g1")).isZero();
      assertThat(out()).isEqualTo("Revoked grants: 1\n");
      assertThat(run("grants revoke g1")).isEqualTo(ExitCode.FAILED.number());
      assertThat(err()).isEqualTo("There is no grant g1.\n");
      assertThat(run("grants revoke --user github:583231")).isZero();
      assertThat(out()).isEqualTo("Revoked grants: 0\n");
      assertThat(run("grants revoke --client gone")).isZero();
      assertThat(out()).isEqualTo("Revoked grants: 1\n");
    }
  }

  @Nested
  class Keys {
    @Test
    void areNotThereBeforeAServerHasStarted() throws Exception {
      assertThat(run("keys list")).isZero();
      assertThat(out()).isEmpty();
      assertThat(err()).isEqualTo("There are no keys: a server makes the first when it starts.\n");

      writeMasterKey(masterKey());
      assertThat(run("keys rotate signing")).isEqualTo(ExitCode.FAILED.number());
      assertThat(err()).isEqualTo("There are no keys yet: a server makes the first.\n");
    }

    @Test
    void areListedByTheirIds() throws Exception {
      begin();

      assertThat(run("keys list")).isZero();

      assertThat(out())
          .matches(
              """
              KEY +USE +STATE +ALGORITHM +CREATED +USED FROM +REMOVED AT
              \\S{43} +signing +signs +ES256 +2026-11-21T12:00Z +2026-11-21T12:00Z +-
              \\S{22} +data +seals +- +2026-11-21T12:00Z +2026-11-21T12:00Z +-
              """);
      assertThat(err()).isEmpty();
      run("keys list --json");
      assertThat(out().lines())
          .hasSize(2)
          .allSatisfy(
              line ->
                  assertThat(line)
                      .matches(
                          "\\{\"key\":\"[^\"]+\",\"use\":\"[a-z]+\",\"state\":\"[a-z]+\","
                              + "\"algorithm\":[^,]+,\"created_at\":\"[^\"]+\","
                              + "\"used_from\":\"[^\"]+\",\"remove_at\":null\\}"));
    }

    @Test
    void areRotated() throws Exception {
      begin();

      assertThat(run("keys rotate signing")).isZero();
      assertThat(out())
          .matches("New signing key \\S{43}: published now, signs from 2026-11-21T12:10Z\n");
      String signing = out().split(" ")[3].replace(":", "");
      assertThat(run("keys rotate data")).isZero();
      assertThat(out()).matches("New data key \\S{22}: seals now\n");
      String data = out().split(" ")[3].replace(":", "");

      run("keys list");
      assertThat(out().lines().skip(1).map(line -> line.split(" +")))
          .extracting(row -> row[1] + " " + row[2] + " " + row[6])
          .containsExactlyInAnyOrder(
              "signing signs 2026-11-22T12:11Z", "signing next -", "data opens -", "data seals -");
      assertThat(out()).contains(signing, data);
      assertThat(Files.readString(folder.resolve("ostiary-data/audit.jsonl")))
          .contains(
              "\"event\":\"signing-key.rotated\",\"request\":\"-\",\"key\":\"" + signing + "\"",
              "\"event\":\"data-key.rotated\",\"request\":\"-\",\"key\":\"" + data + "\"",
              "\"by\":\"operator\"");
    }

    @Test
    void areRotatedWithTheMasterKeyOfTheConfiguration() throws Exception {
      begin();
      Path elsewhere = folder.resolve("elsewhere.key");
      Files.move(masterKey(), elsewhere);
      Files.writeString(
          folder.resolve("ostiary.yaml"), "url: ${NOT_SET}\nmaster-key: file:" + elsewhere + "\n");

      assertThat(run("keys rotate data")).isZero();

      Files.move(elsewhere, folder.resolve("moved.key"));
      assertThat(run("keys rotate data")).isEqualTo(ExitCode.FAILED.number());
      assertThat(err())
          .startsWith("The master key " + elsewhere + " is missing. Restore it")
          .contains("openssl rand -hex 32 > " + elsewhere);
      assertThat(run("keys list")).isZero();
    }

    @Test
    void areNotRotatedWithAnotherMasterKeyOrNone() throws Exception {
      begin();
      writeMasterKey(masterKey());
      assertThat(run("keys rotate data")).isEqualTo(ExitCode.FAILED.number());
      assertThat(err()).startsWith("The store was sealed with another master key; nothing has");

      Files.delete(masterKey());
      assertThat(run("keys rotate signing")).isEqualTo(ExitCode.FAILED.number());
      assertThat(err()).contains("master.key is missing", "Restore the key from your backup");

      run("keys list");
      assertThat(out()).hasLineCount(3);
      assertThat(masterKey()).doesNotExist();
    }

    private Path masterKey() {
      return folder.resolve("ostiary-data/master.key");
    }

    private void begin() throws Exception {
      MasterKey key = writeMasterKey(masterKey());
      try (SqliteStore store = SqliteStore.open(folder.resolve("ostiary-data"))) {
        DataKeys data = DataKeys.open(store, key, () -> SampleTime.NOW);
        SigningKeys.open(store.keys(), data.sealer(), SigningAlgorithm.ES256, SampleTime.NOW);
      }
    }

    private static MasterKey writeMasterKey(Path file) throws Exception {
      Files.writeString(file, MasterKey.generate());
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return MasterKey.parse(Files.readString(file));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "keys rotate sining | Did you mean signing?",
        "grants revoke | Error: Missing required argument",
        "grants revoke g1 --client cli | are mutually exclusive",
        "grants revoke --user octocat | octocat is not a subject, which `ostiary grants list"
            + " --user",
        "clients add --name A | Missing required option: '--redirect-uri=URI'",
        "clients add --name A --redirect-uri a:/b --secret --public | are mutually exclusive",
        "clients ad | Did you mean add?",
        "clients remove | Missing required parameter: 'ID'",
        "grants lst | Did you mean list?",
      })
  void explainsAWrongCommandLine(String line, String what) {
    assertThat(run(line)).isEqualTo(ExitCode.USAGE.number());
    assertThat(err()).contains(what.strip(), "See: ostiary ");
    assertThat(out()).isEmpty();
  }

  @Test
  void showTheirHelpWhenNothingIsAskedFor() {
    assertThat(run("clients")).isZero();
    assertThat(out()).contains("Usage: ostiary clients", "add", "list", "remove");
    assertThat(run("grants")).isZero();
    assertThat(out()).contains("Usage: ostiary grants", "list", "revoke");
    assertThat(run("keys rotate")).isZero();
    assertThat(out()).contains("Usage: ostiary keys rotate", "signing", "data");
  }

  @Nested
  class TheData {
    @Test
    void isWhereTheConfigurationSaysThoughItsVariablesAreNotSet() throws Exception {
      Files.move(folder.resolve("ostiary-data"), folder.resolve("elsewhere"));
      String yaml =
          """
          url: https://mcp.example.com
          data: elsewhere
          sign-in: { github: { client-id: "${NOT_SET}", client-secret: "file:not-there" } }
          """;
      Files.writeString(folder.resolve("other.yaml"), yaml);

      assertThat(run("grants list --config other.yaml")).isZero();
      Files.move(folder.resolve("other.yaml"), folder.resolve("ostiary.yaml"));
      assertThat(run("grants list")).isZero();
      assertThat(run("grants list --data elsewhere")).isZero();
      assertThat(run("grants list --config nowhere.yaml --data elsewhere"))
          .isEqualTo(ExitCode.CONFIGURATION.number());
      assertThat(err()).contains("nowhere.yaml cannot be read: it does not exist");
    }

    @Test
    void isNotFoundThroughAVariableThatIsNotSet() throws Exception {
      Files.writeString(folder.resolve("ostiary.yaml"), "data: ${NOT_SET}\nlissten: x\n");

      assertThat(run("grants list")).isEqualTo(ExitCode.CONFIGURATION.number());
      assertThat(err())
          .contains("ostiary.yaml has one problem.", "line 1: data", "the variable NOT_SET");
    }

    @Test
    void mayNotBeThere() throws Exception {
      assertThat(run("grants list --data nowhere")).isEqualTo(ExitCode.DATA.number());
      assertThat(err())
          .isEqualTo("The data directory " + folder.resolve("nowhere") + " does not exist.\n");

      Path empty = Files.createDirectory(folder.resolve("empty"));
      assertThat(run("clients list --data empty")).isEqualTo(ExitCode.DATA.number());
      assertThat(err())
          .isEqualTo(
              "There is no data of Ostiary in " + empty + ": no server has run there yet.\n");
      assertThat(empty).isEmptyDirectory();

      Files.writeString(folder.resolve("file"), "");
      assertThat(run("clients list --data file")).isEqualTo(ExitCode.DATA.number());
      assertThat(err()).contains("is not a directory");
    }
  }

  private static void inForce(
      SqliteStore store, String id, String subject, String user, String client, int age) {
    Grant grant =
        new Grant(
            new GrantId(id),
            new ClientId(client),
            new Subject(subject),
            user,
            Scopes.of("read:user"),
            new Resource("https://mcp.example.com/mcp"),
            null,
            SampleTime.NOW.minusSeconds(age),
            SampleTime.NOW.plus(Duration.ofDays(365)).minusSeconds(age));
    AuthorizationCode code = SampleCode.of("code of " + id, grant);
    store.grants().add(code);
    store
        .grants()
        .redeem(
            code.hash(), RefreshHash.of("refresh of " + id), Duration.ofDays(1), SampleTime.NOW);
  }

  private int run(String line) {
    out.reset();
    err.reset();
    Invocation invocation =
        new Invocation(
            Map.of(),
            folder,
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            () -> SampleTime.NOW);
    return OstiaryCommand.of(invocation).execute(line.strip().split(" "));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
