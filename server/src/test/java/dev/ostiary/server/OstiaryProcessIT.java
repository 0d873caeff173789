package dev.ostiary.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.server.exit.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show. */
final class OstiaryProcessIT {
  private static final Map<String, String> REGISTERED =
      Map.of("GITHUB_CLIENT_ID", "id", "GITHUB_CLIENT_SECRET", "s3cr3t");

  @TempDir private Path folder;

  private int port;

  @BeforeEach
  void findAFreePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
  }

  @Nested
  class TheDemo {
    @Test
    void saysWhatToDoNextAndDeletesItsDataWhenItIsStopped() throws Exception {
      try (OstiaryProcess demo = demo()) {
        demo.awaitReady(at("/ready"));

        assertThat(demo.out())
            .contains("npx @modelcontextprotocol/inspector --cli " + at("/mcp"))
            .contains("claude mcp add --transport http ostiary-demo " + at("/mcp"))
            .contains(at("/.well-known/oauth-protected-resource/mcp").toString())
            .doesNotContain("\u001b");
        Path data = dataNamedIn(demo.out());
        assertThat(data.resolve("ostiary.db")).exists();
        assertThat(demo.terminate().exitCode()).isEqualTo(ExitCode.STOPPED.number());
        assertThat(data).doesNotExist();
        assertThat(demo.err()).isEmpty();
      }
    }

    @Test
    void guardsAServerInPlaceOfTheToolsOfGitHub() throws Exception {
      try (OstiaryProcess demo = demo("--backend", "http://127.0.0.1:9/mcp");
          HttpClient http = HttpClient.newHttpClient()) {
        demo.awaitReady(at("/ready"));

        assertThat(demo.out()).contains("in front of http://127.0.0.1:9/mcp");
        assertThat(
                http.send(
                        HttpRequest.newBuilder(at("/mcp")).POST(BodyPublishers.noBody()).build(),
                        BodyHandlers.discarding())
                    .statusCode())
            .isEqualTo(401);
      }
    }

    @Test
    void keepsItsDataWhereItIsTold() throws Exception {
      try (OstiaryProcess demo = demo("--data", "kept")) {
        demo.awaitReady(at("/ready")).terminate().exitCode();
      }

      assertThat(folder.resolve("kept/ostiary.db")).exists();
      assertThat(folder.resolve("kept/audit.jsonl")).exists();
      assertThat(permissions(folder.resolve("kept"))).isEqualTo("rwx------");
      assertThat(permissions(folder.resolve("kept/master.key"))).isEqualTo("rw-------");
    }

    @Test
    void hasInItsAuditStreamWhatItAcknowledgedBeforeItWasKilled() throws Exception {
      int acknowledged = 0;
      try (OstiaryProcess demo = demo("--data", "kept");
          HttpClient http = HttpClient.newHttpClient()) {
        demo.awaitReady(at("/ready"));
        HttpRequest register =
            HttpRequest.newBuilder(at("/register"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"redirect_uris\":[\"http://127.0.0.1/cb\"]}"))
                .build();
        while (acknowledged < 100) {
          assertThat(http.send(register, BodyHandlers.discarding()).statusCode()).isEqualTo(201);
          acknowledged++;
        }
        demo.kill();
      }

      assertThat(Files.readAllLines(folder.resolve("kept/audit.jsonl")))
          .filteredOn(line -> line.contains("\"event\":\"client.registered\""))
          .hasSize(acknowledged);
    }

    @Test
    void saysInOneLineThatThePortIsTaken() throws Exception {
      try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"));
          OstiaryProcess demo = demo()) {
        assertThat(demo.exitCode()).isEqualTo(ExitCode.ADDRESS.number());
        assertThat(demo.err())
            .isEqualTo(
                "Port "
                    + port
                    + " of 127.0.0.1 is in use: stop what listens there, or choose another"
                    + " with --port.\n");
      }
    }

    private OstiaryProcess demo(String... more) throws IOException {
      String[] arguments = new String[3 + more.length];
      arguments[0] = "demo";
      arguments[1] = "--port";
      arguments[2] = Integer.toString(port);
      System.arraycopy(more, 0, arguments, 3, more.length);
      return OstiaryProcess.start(folder, Map.of(), arguments);
    }

    private static Path dataNamedIn(String text) {
      Matcher matcher = Pattern.compile("Data +(/\\S+)").matcher(text);
      assertThat(matcher.find()).isTrue();
      return Path.of(matcher.group(1));
    }
  }

  @Test
  void aRehearsalEndsByItself() throws Exception {
    try (OstiaryProcess rehearsal = OstiaryProcess.start(folder, Map.of(), "rehearse")) {
      assertThat(rehearsal.exitCode()).isEqualTo(ExitCode.STOPPED.number());
      assertThat(rehearsal.err()).isEmpty();
    }
  }

  @Nested
  class TheServer {
    @Test
    void runsOnTwoVariablesAndAUrl() throws Exception {
      configure("");

      try (OstiaryProcess server = run()) {
        server.awaitReady(at("/ready"));

        assertThat(server.terminate().exitCode()).isEqualTo(ExitCode.STOPPED.number());
        assertThat(server.err())
            .contains("listening on 127.0.0.1:" + port)
            .contains("configured by ostiary.yaml")
            .contains("MCP server github: " + at("/mcp"))
            .contains("sign-in github at https://github.com: anybody with an account")
            .contains("data in " + folder.toRealPath().resolve("ostiary-data"))
            .contains("stopped")
            .doesNotContain("s3cr3t");
        assertThat(server.out()).isEmpty();
      }
      assertThat(permissions(folder.resolve("ostiary-data"))).isEqualTo("rwx------");
    }

    @Test
    void saysWhatIsOpenToMoreThanMostWant() throws Exception {
      Files.writeString(
          folder.resolve("ostiary.yaml"),
          """
          url: https://mcp.example.com
          listen: 127.0.0.1:%d
          registration: { initial-access-token: s3cr3t-token }
          servers:
            docs: { backend: "http://docs.internal:9000/mcp", allow: everyone, credential: identity-headers }
          """
              .formatted(port));
      Files.setPosixFilePermissions(
          folder.resolve("ostiary.yaml"), PosixFilePermissions.fromString("rw-r--r--"));

      try (OstiaryProcess server = run()) {
        server.awaitReady(at("/ready")).terminate().exitCode();

        assertThat(server.err())
            .contains("Anybody with a GitHub account may sign in at https://mcp.example.com.")
            .contains("server docs over plain http, to another machine (docs.internal:9000)")
            .contains("ostiary.yaml has a secret in it and can be read by others (rw-r--r--).")
            .doesNotContain("s3cr3t");
      }
    }

    @Test
    void unpacksNativeCodeWhereNobodyElseCanWrite() throws Exception {
      configure("");
      Path libraries = folder.resolve("ostiary-data/native");

      for (int i = 0; i < 2; i++) {
        try (OstiaryProcess server = run()) {
          server.awaitReady(at("/ready"));

          assertThat(permissions(libraries)).isEqualTo("rwx------");
          assertThat(libraries.toFile().list())
              .filteredOn(name -> name.endsWith("libsqlitejdbc.so"))
              .as("of this process alone, though the one before was killed")
              .hasSize(1);
        }
      }
    }

    @Test
    void logsNothingButTroubleWhenAskedTo() throws Exception {
      configure("");

      try (OstiaryProcess server = run("--log-level", "error")) {
        server.awaitReady(at("/ready")).terminate().exitCode();

        assertThat(server.err()).isEmpty();
      }
    }

    @Test
    void saysInOneLineThatThePortIsTaken() throws Exception {
      configure("");

      try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"));
          OstiaryProcess server = run()) {
        assertThat(server.exitCode()).isEqualTo(ExitCode.ADDRESS.number());
        assertThat(server.err())
            .isEqualTo(
                "Port "
                    + port
                    + " of 127.0.0.1 is in use: stop what listens there, or set 'listen' in the"
                    + " configuration.\n");
      }
    }

    @Test
    void saysThatAnAddressIsNotThisMachines() throws Exception {
      configure("listen: 192.0.2.1:" + port);

      try (OstiaryProcess server = run()) {
        assertThat(server.exitCode()).isEqualTo(ExitCode.ADDRESS.number());
        assertThat(server.err()).startsWith("Cannot listen on 192.0.2.1:" + port).hasLineCount(1);
      }
    }

    @Test
    void saysThatAHostIsUnknown() throws Exception {
      configure("listen: nowhere.invalid:" + port);

      try (OstiaryProcess server = run()) {
        assertThat(server.exitCode()).isEqualTo(ExitCode.ADDRESS.number());
        assertThat(server.err())
            .isEqualTo(
                "Cannot listen on nowhere.invalid:"
                    + port
                    + ": the host nowhere.invalid is unknown.\n");
      }
    }

    @Test
    void doesNotStartWithAMasterKeyThatOthersMayRead() throws Exception {
      configure("");
      try (OstiaryProcess server = run()) {
        server.awaitReady(at("/ready")).terminate().exitCode();
      }
      Path key = folder.resolve("ostiary-data/master.key");
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

      try (OstiaryProcess server = run()) {
        assertThat(server.exitCode()).isEqualTo(ExitCode.DATA.number());
        assertThat(server.err()).contains("can be read by others").hasLineCount(1);
      }
    }

    @Test
    void doesNotStartWithTheMasterKeyOfOtherData() throws Exception {
      configure("");
      try (OstiaryProcess server = run()) {
        server.awaitReady(at("/ready")).terminate().exitCode();
      }
      Files.writeString(folder.resolve("ostiary-data/master.key"), MasterKey.generate());

      try (OstiaryProcess server = run()) {
        assertThat(server.exitCode()).isEqualTo(ExitCode.DATA.number());
        assertThat(server.err()).contains("another master key").hasLineCount(1);
      }
    }

    @Test
    void doesNotStartWithoutTheMasterKeyOfItsData() throws Exception {
      configure("");
      startAndStop();
      Files.delete(folder.resolve("ostiary-data/master.key"));

      assertRefused(ExitCode.DATA, "master.key is missing", "Restore the key from your backup");
      assertThat(folder.resolve("ostiary-data/master.key")).doesNotExist();
    }

    @Test
    void takesItsMasterKeyFromAFileThatOnlyItsOwnerReads() throws Exception {
      Path key = folder.resolve("other.key");
      configure("master-key: file:" + key);
      assertRefused(ExitCode.DATA, key + " is missing", "openssl rand -hex 32 > " + key);

      Files.writeString(key, MasterKey.generate());
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
      startAndStop();
      assertThat(folder.resolve("ostiary-data/master.key")).doesNotExist();

      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
      assertRefused(ExitCode.DATA, "can be read by others");
      configure("");
      assertRefused(ExitCode.DATA, "master.key is missing");
    }

    @Test
    void takesItsMasterKeyFromAVariableAndNeverShowsIt() throws Exception {
      configure("master-key: \"${MASTER}\"");
      Map<String, String> variables = new HashMap<>(REGISTERED);
      variables.put("MASTER", MasterKey.generate().strip());
      try (OstiaryProcess server = OstiaryProcess.start(folder, variables, "run")) {
        server.awaitReady(at("/ready")).terminate().exitCode();
        assertThat(server.err()).doesNotContain(variables.get("MASTER"));
      }
      assertThat(folder.resolve("ostiary-data/master.key")).doesNotExist();

      variables.put("MASTER", MasterKey.generate().strip());
      try (OstiaryProcess server = OstiaryProcess.start(folder, variables, "run")) {
        assertThat(server.exitCode()).isEqualTo(ExitCode.DATA.number());
        assertThat(server.err())
            .contains("another master key")
            .hasLineCount(1)
            .doesNotContain(variables.get("MASTER"));
      }

      configure("master-key: 0123456789abcdef");
      try (OstiaryProcess server = OstiaryProcess.start(folder, variables, "run")) {
        assertThat(server.exitCode()).isEqualTo(ExitCode.CONFIGURATION.number());
        assertThat(server.err())
            .contains("master-key", "must be a file, the URI", "${OSTIARY_MASTER_KEY}")
            .doesNotContain("0123456789abcdef");
      }
    }

    @Test
    void takesItsMasterKeyFromAKeyManagementService() throws Exception {
      String service = "test-kms://" + MasterKey.generate().strip();
      configure("master-key: " + service);
      startAndStop();
      startAndStop();
      assertThat(folder.resolve("ostiary-data/master.key")).doesNotExist();

      configure("master-key: test-kms://" + MasterKey.generate().strip());
      assertRefused(ExitCode.DATA, "did not open the master key of the store");
      configure("master-key: aws-kms://arn:aws:kms:eu-west-1:111122223333:key/abcd");
      assertRefused(ExitCode.DATA, "com.google.crypto.tink:tink-awskms", "class path");
      configure("");
      assertRefused(ExitCode.DATA, "master.key is missing");
      configure("master-key: " + service);
      startAndStop();
    }

    @Test
    void doesNotBeginWithAKeyManagementServiceOnDataThatAFileSealed() throws Exception {
      configure("");
      startAndStop();

      configure("master-key: test-kms://" + MasterKey.generate().strip());
      assertRefused(ExitCode.DATA, "Configure that master key again");
      configure("");
      startAndStop();
    }

    private void startAndStop() throws Exception {
      try (OstiaryProcess server = run()) {
        server.awaitReady(at("/ready")).terminate().exitCode();
      }
    }

    private void assertRefused(ExitCode code, String... reasons) throws Exception {
      try (OstiaryProcess server = run()) {
        assertThat(server.exitCode()).isEqualTo(code.number());
        assertThat(server.err()).contains(reasons).hasLineCount(1);
      }
    }

    @Test
    void doesNotStartBesideAnotherOnTheSameData() throws Exception {
      configure("");

      try (OstiaryProcess first = run()) {
        first.awaitReady(at("/ready"));
        configure("listen: 127.0.0.1:0");
        try (OstiaryProcess second = run()) {
          assertThat(second.exitCode()).isEqualTo(ExitCode.DATA.number());
          assertThat(second.err()).hasLineCount(1);
        }
      }
    }

    @Test
    void doesNotStartWithoutCredentials() throws Exception {
      try (OstiaryProcess server = OstiaryProcess.start(folder, Map.of(), "run")) {
        assertThat(server.exitCode()).isEqualTo(ExitCode.CONFIGURATION.number());
        assertThat(server.err())
            .contains("https://github.com/settings/applications/new")
            .contains("http://127.0.0.1:8080/callback");
      }
    }

    private void configure(String more) throws IOException {
      Files.writeString(
          folder.resolve("ostiary.yaml"), "url: http://127.0.0.1:" + port + "\n" + more + "\n");
    }

    private OstiaryProcess run(String... options) throws IOException {
      String[] arguments = new String[1 + options.length];
      arguments[0] = "run";
      System.arraycopy(options, 0, arguments, 1, options.length);
      return OstiaryProcess.start(folder, REGISTERED, arguments);
    }
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
