package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.NettyServer;
import dev.ostiary.http.netty.Options;
import dev.ostiary.simulator.SimulatedGitHub;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.token.App;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The authorization server alone: servers that run elsewhere check its access tokens with the
 * middleware of their own frameworks, by its keys and by introspection.
 */
@ExtendWith(WithProgram.class)
final class ServersElsewhereIT {
  private static final String DOCS = "https://docs.acme.example/mcp";
  private static final String OTHER = "https://other.acme.example/mcp";

  @TempDir private static Path folder;
  private static EventLoops loops;
  private static NettyServer github;
  private static Program program;
  private static String own;
  private static String neighbour;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    int port = FreePort.find();
    String url = "http://127.0.0.1:" + port;
    App app = App.oauth("elsewhere", "secret", "Example", url + "/callback");
    SimulatedGitHub simulated =
        new SimulatedGitHub(
            SimulatorSettings.of(app).with(Person.approving("octocat")), InstantSource.system());
    loops = EventLoops.start();
    github =
        NettyServer.start(
            Options.at(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InstantSource.system()),
            loops,
            simulated);
    URI base = URI.create("http://127.0.0.1:" + github.address().getPort());
    simulated.at(base);
    Path configuration =
        Files.writeString(
            folder.resolve("ostiary.yaml"),
            """
            url: %s
            listen: 127.0.0.1:%d
            data: %s
            sign-in:
              github: { base-url: "%s", client-id: elsewhere, client-secret: secret }
            servers:
              docs: { resource: "%s" }
              other: { resource: "%s" }
            clients:
              docs-server: { secret: docs-secret, introspects: [docs] }
            """
                .formatted(url, port, folder.resolve("data"), base, DOCS, OTHER));
    program = Program.run(configuration, folder, port);
    own = token(DOCS);
    neighbour = token(OTHER);
  }

  @AfterAll
  static void stop() {
    program.close();
    github.close();
    loops.close();
  }

  private static String token(String resource) throws IOException, InterruptedException {
    try (Journey journey = new Journey(program, URI.create(resource))) {
      return journey.signIn().access();
    }
  }

  private static HttpResponse<String> call(URI server, String token)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(server)
              .header("Authorization", "Bearer " + token)
              .POST(HttpRequest.BodyPublishers.noBody())
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static void assertForThisServerAlone(URI server)
      throws IOException, InterruptedException {
    HttpResponse<String> good = call(server, own);
    assertThat(good.statusCode()).as(good.body()).isEqualTo(200);
    assertThat(good.body()).startsWith("github:");
    assertThat(call(server, neighbour).statusCode()).isEqualTo(401);
    assertThat(call(server, own.substring(0, own.length() - 4) + "AAAA").statusCode())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"keys", "introspection", "keys-v2"})
  void theTypeScriptSdkAcceptsTokensForItsServer(String how, Npm npm) throws Exception {
    try (NodeProcess server =
        npm.startScript(
            "../backends/elsewhere/" + how + ".mjs",
            Map.of("ISSUER", program.origin().toString(), "RESOURCE", DOCS))) {
      assertForThisServerAlone(URI.create(server.awaitUrl()));
    }
  }

  @Test
  void springAcceptsTokensForItsServerByTheirKeys() throws Exception {
    try (var server = SpringResourceServer.withKeys(folder, program.origin(), DOCS)) {
      assertForThisServerAlone(server.url());
    }
  }

  @Test
  void springAcceptsTokensForItsServerByIntrospection() throws Exception {
    try (var server = SpringResourceServer.withIntrospection(folder, program.origin(), DOCS)) {
      assertForThisServerAlone(server.url());
    }
  }

  /** What the how-to shows is what runs here. */
  @Test
  void theHowToShowsThisCode() throws IOException {
    Path root = SourceTree.root();
    String page = Files.readString(root.resolve("docs/how-to/servers-elsewhere.md"));
    for (String file : new String[] {"keys.mjs", "introspection.mjs", "keys-v2.mjs"}) {
      String code = Files.readString(root.resolve("acceptance/npm/backends/elsewhere/" + file));
      assertThat(page).contains(between(code, "// docs: begin\n", "// docs: end"));
    }
    String spring =
        Files.readString(
            root.resolve(
                "acceptance/src/test/java/dev/ostiary/acceptance/SpringResourceServer.java"));
    for (String part : new String[] {"keys", "introspection"}) {
      assertThat(page)
          .contains(
              between(spring, "    // docs: " + part + "\n", "    // docs: end")
                  .replaceAll("(?m)^ {4}", ""));
    }
  }

  private static String between(String text, String begin, String end) {
    int from = text.indexOf(begin) + begin.length();
    return text.substring(from, text.indexOf(end, from));
  }
}
