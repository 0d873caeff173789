package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.embed.config.Allow;
import dev.ostiary.embed.config.HttpServer;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.ServerEntry;
import dev.ostiary.embed.config.foreign.ForeignAuthorization;
import dev.ostiary.embed.config.foreign.ForeignAuthorization.Registration;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Real clients at a server whose authorization server is a Keycloak that registers none of them:
 * they register with Ostiary, and get Keycloak's access tokens.
 */
@ExtendWith(WithProgram.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClosedRegistrationIT {
  private static final URI AUDIENCE = URI.create("https://docs.acme.example/mcp");

  private final Path folder;
  private final Npm npm;
  private Keycloak keycloak;
  private NodeProcess backend;
  private String backendUrl = "";
  private Program program;

  ClosedRegistrationIT(Npm npm) throws IOException {
    this.npm = npm;
    this.folder =
        Files.createTempDirectory(SourceTree.root().resolve("acceptance/target"), "closed-");
  }

  @BeforeAll
  void start() throws IOException, InterruptedException {
    int port = FreePort.find();
    keycloak = Keycloak.start(folder, AUDIENCE);
    backend = npm.startBackend("everything");
    backendUrl = backend.awaitUrl();
    Path configuration =
        Files.writeString(
            folder.resolve("ostiary.yaml"),
            """
            url: http://127.0.0.1:%d
            listen: 127.0.0.1:%1$d
            data: %s
            authorization-server:
              issuer: %s
              audience: %s
              registration: { client-id: shared, client-secret: shared-secret }
            servers:
              docs: { backend: "%s", allow: everyone }
            """
                .formatted(
                    port, folder.resolve("data"), keycloak.issuer("acme"), AUDIENCE, backendUrl));
    program = Program.run(configuration, folder, port);
  }

  @AfterAll
  void stop() {
    if (program != null) {
      program.close();
    }
    backend.close();
    keycloak.close();
  }

  private URI server() {
    return program.origin().resolve("/docs/mcp");
  }

  @Test
  void keycloakRegistersNobody() throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(
                      URI.create(keycloak.issuer("acme") + "/clients-registrations/openid-connect"))
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"redirect_uris\":[\"http://127.0.0.1:1/callback\"]}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).as(answer.body()).isIn(401, 403);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2-legacy", "v2-auto"})
  void theTypeScriptSdkRegistersHereAndGetsKeycloaksTokens(String generation)
      throws IOException, InterruptedException {
    JsonNode report = npm.run("sign-in.mjs", generation, server().toString());

    assertThat(report.at("/sums").valueStream().map(JsonNode::asString))
        .as(program::log)
        .hasSize(2)
        .allMatch(sum -> sum.contains("42"));
    assertThat(report.at("/refreshed").asBoolean()).isTrue();
    assertThat(report.at("/pages").size()).isBetween(2, 3);
  }

  @Test
  void aTokenFromKeycloakItselfIsTakenToo() throws IOException, InterruptedException {
    assertThat(GuardedCall.status(server(), keycloak.token("acme", "app", "mcp")))
        .as(program::log)
        .isEqualTo(400); // past the gateway: the backend misses a session
    assertThat(GuardedCall.status(server(), keycloak.token("acme", "app", "openid")))
        .isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({"claude-code, connected", "codex, signedIn"})
  void clientsWithMetadataDocumentsGetKeycloaksTokens(String name, String sign) throws Exception {
    URI document = name.equals("codex") ? MetadataDocumentIT.CODEX : MetadataDocumentIT.CLAUDE_CODE;
    DocumentServer server =
        new DocumentServer(
            Files.createDirectory(folder.resolve(name)),
            Map.of(document, MetadataDocumentIT.document(document, name)),
            this::beforeKeycloak);
    try {
      assertThat(npm.run(name + ".mjs", server.url("/docs/mcp")).get(sign).asBoolean()).isTrue();

      assertThat(server.audit)
          .filteredOn(AuditEvent.CodeRedeemed.class::isInstance)
          .singleElement()
          .isInstanceOfSatisfying(
              AuditEvent.CodeRedeemed.class,
              event -> assertThat(event.client()).isEqualTo(new ClientId(document.toString())));
    } finally {
      server.stop();
    }
  }

  private OstiaryConfig beforeKeycloak(OstiaryConfig config) {
    ForeignAuthorization foreign =
        new ForeignAuthorization(
            keycloak.issuer("acme"),
            AUDIENCE.toString(),
            null,
            null,
            null,
            false,
            Map.of(),
            null,
            new Registration("shared", new Secret("shared-secret"), Map.of()));
    HttpServer behind = HttpServer.at(URI.create(backendUrl));
    return OstiaryConfig.gateway(config.url(), foreign)
        .metadataDocuments(config.metadataDocuments())
        .servers(Map.of("docs", new ServerEntry(behind, "/docs/mcp", new Allow.Everyone())));
  }
}
