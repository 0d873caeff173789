package dev.ostiary.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Service;
import dev.ostiary.server.config.ConfigSource;
import dev.ostiary.server.data.DataDirectory;
import dev.ostiary.simulator.SimulatedGitHub;
import dev.ostiary.simulator.openid.OpenIdClient;
import dev.ostiary.simulator.openid.OpenIdProviderSettings;
import dev.ostiary.simulator.openid.SimulatedOpenIdProvider;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.token.App;
import dev.ostiary.testkit.SampleTime;
import dev.ostiary.testkit.ServiceOutbound;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An installation and its surroundings, looked at while something is wrong with one of them. */
final class DoctorTest {
  private static final String ISSUER = "http://127.0.0.1:8080";
  private static final String SECRET = "0123456789abcdef0123456789abcdef01234567";
  private static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"serverInfo\":{\"name\":\"docs\\u001b[2J\"}}}";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Map<String, Service> network = new HashMap<>();
  private String secret = SECRET;
  private String more = "";
  @TempDir private Path folder;

  @BeforeEach
  void begin() throws Exception {
    DataDirectory data = DataDirectory.open(folder.resolve("ostiary-data"));
    var _ = data.masterKey();
    Files.writeString(data.database(), "content");
    network.put("127.0.0.1:8080", ostiary("ready\n", 200));
    network.put("127.0.0.1:9999", gitHub(ISSUER + "/callback"));
  }

  @Test
  void findsNothingWrong() throws Exception {
    assertThat(examine()).contains(List.of(URI.create(ISSUER + "/mcp")));

    assertThat(told())
        .contains(
            "✔ The configuration is right",
            "✔ The server is ready: its store can be written.",
            "✔ GitHub knows the client id and its secret.",
            "– GitHub does not tell whether it has the callback " + ISSUER + "/callback")
        .doesNotContain("✘", "! ", SECRET);
  }

  @Test
  void saysWhatIsWrongWithTheConfiguration() throws Exception {
    more = "limits: { registration: often }\n";

    assertThat(examine()).isEmpty();
    assertThat(told()).contains("✘ The configuration is wrong.", "limits.registration");
  }

  @Test
  void seesThatAnotherServerAnswers() throws Exception {
    network.put("127.0.0.1:8080", _ -> {});
    network.put(
        "127.0.0.1:8080",
        exchange -> exchange.reply(Reply.json(200, "{\"issuer\":\"https://other.example\"}")));

    assertThat(examine()).isEmpty();
    assertThat(told()).contains("✘ The metadata at the public URL is not of this configuration.");
  }

  @Test
  void seesThatThereIsNoDataAndMakesNone() throws Exception {
    Files.delete(folder.resolve("ostiary-data/ostiary.db"));

    assertThat(examine()).isEmpty();
    assertThat(told()).contains("✘ There is no data of Ostiary");
  }

  @Test
  void seesThatTheStoreCannotBeWritten() throws Exception {
    network.put("127.0.0.1:8080", ostiary("not ready: the disk is full\n", 503));

    assertThat(examine()).isEmpty();
    assertThat(told()).contains("✘ The server says: not ready: the disk is full.");
  }

  @Nested
  class AtGitHub {
    @Test
    void seesThatTheSecretIsAnothers() throws Exception {
      secret = "f".repeat(40);

      assertThat(examine()).isEmpty();
      assertThat(told())
          .contains("✘ GitHub does not know this client id with this secret.")
          .doesNotContain(secret);
    }

    @Test
    void seesThatTheCallbackIsAnother() throws Exception {
      network.put("127.0.0.1:9999", gitHub("https://old.example.com/callback"));

      assertThat(examine()).isEmpty();
      assertThat(told())
          .contains("✘ GitHub has another callback, https://old.example.com/callback")
          .contains("Enter the callback " + ISSUER + "/callback in the app at GitHub.");
    }

    @Test
    void seesThatGitHubRefusedTheCallbackLately() throws Exception {
      Files.writeString(
          folder.resolve("ostiary-data/audit.jsonl"),
          """
          {"at":"%s","event":"sign-in.refused","request":"r1","client":"c","reason":"redirect_uri_mismatch","lacks":"Enter exactly this."}
          """
              .formatted(SampleTime.NOW.minusSeconds(60)));

      assertThat(examine()).isPresent();
      assertThat(told())
          .contains("a sign-in was refused: redirect_uri_mismatch.", "Enter exactly this.");
    }

    @Test
    void seesWhoIsNotThere() throws Exception {
      more = "  allow: { users: [octocat, octocta, acme], organizations: [acme, acmee] }\n";

      assertThat(examine()).isEmpty();
      assertThat(told())
          .contains("✘ allow names the user octocta, which GitHub does not know.")
          .contains("✘ allow names the organization acmee, which GitHub does not know.");
      assertThat(told().lines().filter(line -> line.startsWith("✘"))).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void saysThatItCouldNotAsk() throws Exception {
      network.remove("127.0.0.1:9999");

      assertThat(examine()).isPresent();
      assertThat(told()).contains("! GitHub could not be asked about the credentials");
    }
  }

  @Nested
  class ABackend {
    @BeforeEach
    void isConfigured() {
      more =
          """
          servers:
            docs: { backend: "http://127.0.0.1:9000/mcp" }
          """;
    }

    @Test
    void isAskedForItsName() throws Exception {
      network.put("127.0.0.1:9000", exchange -> exchange.reply(Reply.json(200, INITIALIZED)));

      assertThat(examine()).isPresent();
      assertThat(told()).contains("✔ Server docs: its backend answers (docs\\u{1b}[2J).");
    }

    @Test
    void mayKnowOnlyTheNewestRevision() throws Exception {
      network.put(
          "127.0.0.1:9000",
          exchange ->
              exchange.reply(
                  exchange.request().headers().has("Mcp-Method")
                      ? Reply.json(200, INITIALIZED)
                      : Reply.text(400, "no initialize here")));

      assertThat(examine()).isPresent();
      assertThat(told()).contains("✔ Server docs: its backend answers");
    }

    @Test
    void mayBeDead() throws Exception {
      assertThat(examine()).isEmpty();
      assertThat(told())
          .contains("✘ Server docs: its backend http://127.0.0.1:9000/mcp does not answer");
    }

    @ParameterizedTest
    @CsvSource({
      "404, is no MCP server: it answers initialize with 404",
      "200, is no MCP server: it answers initialize with 200",
      "401, wants a credential: it answers 401",
    })
    void mayBeSomethingElse(int status, String what) throws Exception {
      network.put("127.0.0.1:9000", exchange -> exchange.reply(Reply.text(status, "hello")));

      assertThat(examine()).isEmpty();
      assertThat(told()).contains("✘ Server docs: its backend", what);
    }
  }

  @Nested
  class ABackendOfTheOldTransport {
    @BeforeEach
    void isConfigured() {
      more =
          """
          servers:
            docs: { backend: "http://127.0.0.1:9000/sse", transport: sse }
          """;
    }

    @Test
    void offersAStream() throws Exception {
      Reply stream = Reply.text(200, "").replace("Content-Type", "text/event-stream");
      network.put("127.0.0.1:9000", exchange -> exchange.reply(stream));

      assertThat(examine()).isPresent();
      assertThat(told()).contains("✔ Server docs: its backend offers a stream of events.");
    }

    @Test
    void mayBeSomethingElse() throws Exception {
      network.put("127.0.0.1:9000", exchange -> exchange.reply(Reply.text(404, "hello")));

      assertThat(examine()).isEmpty();
      assertThat(told()).contains("is no MCP server with the SSE transport: it answers 404");
    }
  }

  @Nested
  class AProgram {
    @Test
    void isThere() throws Exception {
      more = "servers: { files: { command: [sh, -c, 'exit 1'] } }\n";

      assertThat(examine()).isPresent();
      assertThat(told()).contains("✔ Server files: its program is there (/");
    }

    @Test
    void isMissing() throws Exception {
      more = "servers: { files: { command: [no-such-program-here] } }\n";

      assertThat(examine()).isEmpty();
      assertThat(told())
          .contains(
              "✘ Server files: there is no program no-such-program-here that can be executed.");
    }

    @Test
    void hasNoDirectory() throws Exception {
      more = "servers: { files: { command: [sh], directory: /no/such/directory } }\n";

      assertThat(examine()).isEmpty();
      assertThat(told()).contains("✘ Server files: /no/such/directory is no directory.");
    }
  }

  @Nested
  class ForeignAuthorizationServer {
    private static final String LOGIN = "http://127.0.0.1:7000";
    private static final String KEYS =
        "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"1\","
            + "\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
            + "\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"}]}";

    private void configure(String further) throws Exception {
      Files.writeString(
          file(),
          """
          url: %s
          data: %s
          authorization-server: { issuer: "%s"%s }
          servers: { docs: { backend: "http://127.0.0.1:9000/mcp" } }
          """
              .formatted(ISSUER, folder.resolve("ostiary-data"), LOGIN, further));
      Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
      network.remove("127.0.0.1:9999");
      network.put("127.0.0.1:9000", exchange -> exchange.reply(Reply.json(200, INITIALIZED)));
      network.put(
          "127.0.0.1:8080",
          exchange ->
              exchange.reply(
                  exchange.request().path().equals("/ready")
                      ? Reply.text(200, "ready\n")
                      : Reply.json(200, "{\"authorization_servers\":[\"" + LOGIN + "\"]}")));
      network.put("127.0.0.1:7000", login(LOGIN, 200));
    }

    private Service login(String issuer, int introspection) {
      return exchange ->
          exchange.reply(
              switch (exchange.request().path()) {
                case "/keys" -> Reply.json(200, KEYS);
                case "/introspect" -> Reply.json(introspection, "{\"active\":false}");
                case "/.well-known/oauth-authorization-server" ->
                    Reply.json(
                        200,
                        """
                        {"issuer": "%s", "jwks_uri": "%s/keys",
                         "introspection_endpoint": "%2$s/introspect"}
                        """
                            .formatted(issuer, LOGIN));
                default -> Reply.of(404);
              });
    }

    @Test
    void isExaminedWithoutAPerson() throws Exception {
      configure("");

      assertThat(look()).contains(List.of(URI.create(ISSUER + "/docs/mcp")));
      assertThat(told())
          .contains(
              "✔ The public URL leads to this server, and its metadata names the authorization"
                  + " server "
                  + LOGIN,
              "✔ Server docs: metadata of its authorization server can be used",
              "✔ Server docs: keys of its authorization server can be used (1 for signatures)")
          .doesNotContain("✘", "GitHub");
    }

    @Test
    void hasAnotherIssuer() throws Exception {
      configure("");
      network.put("127.0.0.1:7000", login(LOGIN + "/", 200));

      assertThat(look()).isEmpty();
      assertThat(told())
          .contains("✘ Server docs: metadata of its authorization server", "byte for byte");
    }

    @Test
    void refusesTheClientThatIntrospects() throws Exception {
      String client = ", introspection: { client-id: gate, client-secret: s3cr3t }";
      configure(client);
      network.put("127.0.0.1:7000", login(LOGIN, 401));

      assertThat(look()).isEmpty();
      assertThat(told())
          .contains("✘ Server docs: introspection of its authorization server", "answers 401")
          .doesNotContain("s3cr3t");
    }

    @Test
    void letsTheClientIntrospect() throws Exception {
      configure(", introspection: { client-id: gate, client-secret: s3cr3t }");

      assertThat(look()).isPresent();
      assertThat(told()).contains("introspection of its authorization server can be used");
    }

    @Test
    void isAskedAboutTheClientThatIsSharedThere() throws Exception {
      configure(", registration: { client-id: shared, client-secret: s3cr3t }");
      network.put(
          "127.0.0.1:8080",
          exchange ->
              exchange.reply(
                  exchange.request().path().equals("/ready")
                      ? Reply.text(200, "ready\n")
                      : Reply.json(200, "{\"issuer\":\"" + ISSUER + "\"}")));
      SimulatedOpenIdProvider provider =
          new SimulatedOpenIdProvider(
              OpenIdProviderSettings.of(
                  OpenIdClient.confidential("shared", "s3cr3t", ISSUER + "/callback/as.docs")),
              () -> SampleTime.NOW);
      provider.at(URI.create(LOGIN));
      network.put("127.0.0.1:7000", provider);

      assertThat(look()).contains(List.of(URI.create(ISSUER + "/docs/mcp")));
      assertThat(told())
          .contains("✔ The public URL leads to this server", "✔ The provider knows the client id")
          .doesNotContain("✘", "s3cr3t");

      configure(", registration: { client-id: shared, client-secret: wrong-s3cr3t }");
      network.put("127.0.0.1:7000", provider);
      assertThat(look()).isEmpty();
      assertThat(told())
          .contains("authorization-server.registration.client-secret")
          .doesNotContain("wrong-s3cr3t");
    }

    @Test
    void isDown() throws Exception {
      configure("");
      network.remove("127.0.0.1:7000");

      assertThat(look()).isEmpty();
      assertThat(told()).contains("cannot be reached");
    }
  }

  @Nested
  class WhatIsOpen {
    @Test
    void isSaidOfASecretInAFileThatOthersCanRead() throws Exception {
      write("s3cr3t");
      Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

      assertThat(look()).isPresent();
      assertThat(told()).contains("has a secret in it and can be read by others (rw-r--r--)");
    }

    @Test
    void isNotSaidOfASecretFromElsewhere() throws Exception {
      write("${SECRET}");
      Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

      assertThat(look()).isPresent();
      assertThat(told()).doesNotContain("has a secret in it");
    }

    private void write(String written) throws Exception {
      Files.writeString(
          file(), yaml() + "registration: { initial-access-token: \"" + written + "\" }\n");
    }
  }

  private Optional<List<URI>> examine() throws Exception {
    Files.writeString(file(), yaml());
    return look();
  }

  private Optional<List<URI>> look() throws Exception {
    Map<String, String> variables = Map.of("SECRET", secret);
    try (Network outbound = new Network()) {
      return new Doctor(
              new Doctor.Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), false),
              folder,
              outbound,
              _ -> new Network(),
              () -> SampleTime.NOW)
          .examine("ostiary.yaml", ConfigSource.file(file(), variables));
    }
  }

  private Path file() {
    return folder.resolve("ostiary.yaml");
  }

  private String yaml() {
    String indented = more.startsWith("  ") ? more.indent(2) : "";
    return """
    url: %s
    data: %s
    sign-in:
      github:
        base-url: http://127.0.0.1:9999
        client-id: Ov23liAbCdEfGhIjKlMn
        client-secret: "${SECRET}"
    """
            .formatted(ISSUER, folder.resolve("ostiary-data"))
        + (indented.isEmpty() ? more : indented);
  }

  private static Service gitHub(String callback) {
    App app = App.oauth("Ov23liAbCdEfGhIjKlMn", SECRET, "Sample", callback);
    SimulatedGitHub gitHub = new SimulatedGitHub(SimulatorSettings.of(app), () -> SampleTime.NOW);
    gitHub.at(URI.create("http://127.0.0.1:9999"));
    return gitHub;
  }

  private static Service ostiary(String ready, int status) {
    return exchange ->
        exchange.reply(
            exchange.request().path().equals("/ready")
                ? Reply.text(status, ready)
                : Reply.json(200, "{\"issuer\":\"" + ISSUER + "\"}"));
  }

  private String told() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The services that there are, by host and port. */
  private final class Network implements Outbound {
    @Override
    public CompletableFuture<Reply> send(OutboundRequest request) {
      Service service = network.get(request.uri().getRawAuthority());
      return service == null
          ? CompletableFuture.failedFuture(new ConnectException("Connection refused"))
          : new ServiceOutbound(service).send(request);
    }

    @Override
    public void close() {}
  }
}
