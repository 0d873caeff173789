package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.checker.checks.AllChecks;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The gateway alone, with Keycloak for its authorization server, as the how-to sets it up; the
 * outage is last.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class KeycloakIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private static Path folder;
  private static JavaSdkServer backend;
  private static Keycloak keycloak;
  private static Program gateway;

  @BeforeAll
  static void start() throws Exception {
    int port = FreePort.find();
    URI url = URI.create("http://127.0.0.1:" + port);
    backend = JavaSdkServer.start(folder);
    keycloak = Keycloak.start(folder, url.resolve("/docs/mcp"));
    Path configuration =
        Files.writeString(
            folder.resolve("ostiary.yaml"),
            """
            url: %s
            listen: 127.0.0.1:%d
            data: %s
            authorization-server:
              issuer: %s
              audience: %1$s/docs/mcp
            servers:
              docs: { backend: "%5$s", allow: everyone }
              typeless:
                backend: "%5$s"
                authorization-server: { issuer: "%4$s", audience: "%1$s/docs/mcp", typeless: true }
              opaque:
                backend: "%5$s"
                authorization-server:
                  issuer: "%4$s"
                  audience: %1$s/docs/mcp
                  introspection: { client-id: gateway, client-secret: gateway-secret }
              roles:
                backend: "%5$s"
                authorization-server:
                  issuer: "%4$s"
                  audience: %1$s/docs/mcp
                  roles-claim: realm_access.roles
                  scopes: { writer: "mcp" }
              reader:
                backend: "%5$s"
                authorization-server:
                  issuer: "%4$s"
                  audience: %1$s/docs/mcp
                  scopes: { reader: "mcp" }
            """
                .formatted(
                    url, port, folder.resolve("data"), keycloak.issuer("acme"), backend.url()));
    gateway = Program.run(configuration, folder, port);
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      gateway.close();
    }
    keycloak.close();
    backend.close();
  }

  private static int call(String server, String token) throws IOException, InterruptedException {
    return GuardedCall.status(gateway.origin().resolve("/" + server + "/mcp"), token);
  }

  /** Past the gateway: the backend misses a session, which is a 400. */
  private static void assertAccepted(String server, String token)
      throws IOException, InterruptedException {
    assertThat(call(server, token)).as(gateway::log).isEqualTo(400);
  }

  @Test
  @Order(1)
  void takesItsJwts() throws Exception {
    assertAccepted("docs", keycloak.token("acme", "app", "mcp"));
    assertAccepted("typeless", keycloak.token("acme", "app", "mcp"));
  }

  @Test
  @Order(1)
  void takesJwtsWithoutTheTypeOnlyWhereTheConfigurationSaysSo() throws Exception {
    String token = keycloak.token("acme", "old-app", "mcp");

    assertAccepted("typeless", token);
    assertThat(call("docs", token)).isEqualTo(401);
  }

  @Test
  @Order(1)
  void introspectsItsTokens() throws Exception {
    assertAccepted("opaque", keycloak.token("acme", "app", "mcp"));
    assertThat(call("opaque", "not-a-token")).isEqualTo(401);
  }

  @Test
  @Order(1)
  void refusesTokensForAnotherAudience() throws Exception {
    String token = keycloak.token("acme", "app", "openid");

    assertThat(call("docs", token)).isEqualTo(401);
    assertThat(call("opaque", token)).isEqualTo(401);
  }

  @Test
  @Order(1)
  void refusesTokensOfAnotherRealm() throws Exception {
    String token = keycloak.token("other", "app", "mcp");

    assertThat(call("docs", token)).isEqualTo(401);
    assertThat(call("opaque", token)).isEqualTo(401);
  }

  @Test
  @Order(1)
  void countsRolesAsScopes() throws Exception {
    String token = keycloak.token("acme", "app", "mcp");

    assertAccepted("roles", token);
    assertThat(call("reader", token)).isEqualTo(403);
  }

  /** The checker goes to the authorization server that the metadata names, on another host. */
  @Test
  @Order(1)
  void isCheckedTogetherWithIt() throws Exception {
    Path report = folder.resolve("report.json");
    List<String> command = new ArrayList<>(Program.java());
    command.addAll(List.of("check", "--format", "json", "--output", report.toString()));
    command.add(gateway.origin().resolve("/docs/mcp").toString());
    Process check =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("check.log").toFile())
            .start();
    assertThat(check.waitFor(2, TimeUnit.MINUTES)).isTrue();

    JsonNode findings =
        JsonMapper.shared().readTree(report).path("servers").path(0).path("findings");
    assertThat(findings.valueStream().map(finding -> finding.path("id").asString()).toList())
        .containsExactlyInAnyOrderElementsOf(
            AllChecks.list().stream().map(each -> each.id()).toList());
    assertThat(
            findings
                .valueStream()
                .filter(finding -> finding.path("status").asString().equals("passed"))
                .map(finding -> finding.path("id").asString()))
        .contains("server-metadata-served", "issuer-matches");
  }

  @Test
  @Order(2)
  void readsTheKeysAgainWhenTheyAreNew() throws Exception {
    String before = keycloak.token("acme", "app", "mcp");
    assertAccepted("docs", before);
    keycloak.rotate("acme");
    String after = keycloak.token("acme", "app", "mcp");
    assertThat(header(after)).isNotEqualTo(header(before));

    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (call("docs", after) != 400 && System.nanoTime() < deadline) {
      Thread.onSpinWait(); // the keys are read again at most every ten seconds
    }
    assertAccepted("docs", after);
    assertAccepted("docs", before);
  }

  private static String header(String token) {
    return token.substring(0, token.indexOf('.'));
  }

  @Test
  @Order(3)
  void isUnavailableWhenItIsDown() throws Exception {
    String known = keycloak.token("acme", "app", "mcp");
    assertAccepted("docs", known);
    String unknown = keycloak.token("acme", "app", "mcp");

    keycloak.close();

    assertAccepted("docs", known);
    assertAccepted("docs", unknown); // its keys are known
    assertThat(call("opaque", unknown)).isEqualTo(503);
  }
}
