package dev.ostiary.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import dev.ostiary.server.exit.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server in a process of its own, and operating commands beside it. */
@Timeout(120)
final class OperatedServerIT {
  private static final Map<String, String> VARIABLES =
      Map.of(
          "GITHUB_CLIENT_ID", "id", "GITHUB_CLIENT_SECRET", "s3cr3t", "INITIAL_TOKEN", "let-me-in");

  @TempDir private Path folder;

  private int port;

  /** What a command came to. */
  private record Ran(int exitCode, String out, String err) {}

  @BeforeEach
  void configure() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    configure("");
  }

  @Test
  void isReachedByASocketThatIsItsOwnersAlone() throws Exception {
    try (OstiaryProcess server = run()) {
      server.awaitReady(at("/ready"));

      Path socket = folder.resolve("ostiary-data/ostiary.sock");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-------");
      Ran added = command("clients add --name Mine --redirect-uri https://a.example/ --id mine");
      assertThat(added).isEqualTo(new Ran(0, "Client ID:      mine\n", ""));
      Ran listed = command("clients list");
      assertThat(listed.out()).contains("mine    Mine  operator");
      assertThat(listed.err()).isEmpty();

      assertThat(server.terminate().exitCode()).isZero();
      assertThat(socket).doesNotExist();
      assertThat(server.err()).doesNotContain("ERROR");
    }
    assertThat(command("clients list").out()).contains("mine    Mine  operator");
  }

  @Test
  void isNoObstacleWhenItWasKilled() throws Exception {
    try (OstiaryProcess server = run()) {
      server.awaitReady(at("/ready"));
      server.kill();
    }
    assertThat(folder.resolve("ostiary-data/ostiary.sock")).exists();
    assertThat(command("clients add --name A --redirect-uri https://a.example/ --id a").exitCode())
        .isZero();

    try (OstiaryProcess again = run()) {
      again.awaitReady(at("/ready"));

      Ran listed = command("clients list --json");
      assertThat(listed.out()).contains("\"client\":\"a\"");
      assertThat(listed.err()).isEmpty();
    }
  }

  @Test
  void missesNothingThatIsDoneWhileItStartsAndStops() throws Exception {
    try (OstiaryProcess server = run()) {
      server.awaitReady(at("/ready")).terminate().exitCode();
    }
    List<String> added = new ArrayList<>();

    try (OstiaryProcess server = run()) {
      while (!server.err().contains("ready after")) {
        added.add(add());
      }
      server.awaitReady(at("/ready"));
      added.add(add());
      server.terminate();
      while (server.isAlive()) {
        added.add(add());
      }
      assertThat(server.exitCode()).as(server.err()).isZero();
    }

    assertThat(command("clients list --json").out().lines())
        .hasSameSizeAs(added)
        .allMatch(line -> added.contains(line.split("\"")[3]));
  }

  @Test
  @Requirement("A-50")
  void takesClientsAndTheirRulesFromItsConfiguration() throws Exception {
    configure(
        """
        registration: { initial-access-token: "${INITIAL_TOKEN}" }
        clients:
          desk: { name: Desk, redirect-uris: ["http://127.0.0.1/cb"] }
        """);
    try (OstiaryProcess server = run()) {
      server.awaitReady(at("/ready"));

      HttpResponse<String> without = register();
      assertThat(without.statusCode()).isEqualTo(401);
      assertThat(without.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
      assertThat(register("Authorization", "Bearer another").statusCode()).isEqualTo(401);
      assertThat(register("Authorization", "Bearer let-me-in").statusCode()).isEqualTo(201);

      assertThat(command("clients list").out()).contains("Desk").contains("configuration");
      assertThat(command("clients remove desk").err())
          .isEqualTo("Client desk stands in the configuration: take it out there.\n");
      assertThat(command("clients add --id desk --name D --redirect-uri https://d.example/").err())
          .isEqualTo("There is a client desk already.\n");
    }
  }

  @Test
  void registersNobodyWhenThatIsSwitchedOff() throws Exception {
    configure("registration: { enabled: false }");
    try (OstiaryProcess server = run()) {
      server.awaitReady(at("/ready"));

      assertThat(register().statusCode()).isEqualTo(404);
    }
  }

  @Test
  void saysThatThePathOfItsSocketIsTooLong() throws Exception {
    configure("data: " + "d".repeat(110));
    try (OstiaryProcess server = run()) {
      assertThat(server.exitCode()).isEqualTo(ExitCode.DATA.number());
      assertThat(server.err())
          .startsWith("The path of the socket ")
          .contains("is too long", "Use a data directory with a shorter one.")
          .hasLineCount(1);
    }
  }

  private String add() {
    Ran added = command("clients add --name A --redirect-uri https://a.example/");
    assertThat(added.exitCode()).as(added.err()).isZero();
    return added.out().strip().replaceFirst(".* ", "");
  }

  private void configure(String more) throws IOException {
    Files.writeString(
        folder.resolve("ostiary.yaml"), "url: http://127.0.0.1:" + port + "\n" + more + "\n");
  }

  private OstiaryProcess run() throws IOException {
    return OstiaryProcess.start(folder, VARIABLES, "run");
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private HttpResponse<String> register(String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at("/register"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }

  private Ran command(String line) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Invocation invocation =
        new Invocation(
            Map.of(),
            folder,
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            InstantSource.system());
    int exitCode = OstiaryCommand.of(invocation).execute(line.split(" "));
    return new Ran(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
