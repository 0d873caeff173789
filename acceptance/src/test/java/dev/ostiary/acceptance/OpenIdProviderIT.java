package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.acceptance.Journey.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The program with an OpenID provider that others wrote and the OpenID Foundation certified, and
 * clients that others wrote.
 */
@ExtendWith(WithProgram.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OpenIdProviderIT {
  private final Path folder;
  private final Npm npm;
  private NodeProcess provider;
  private NodeProcess backend;
  private Program program;
  private URI issuer;

  OpenIdProviderIT(Npm npm) throws IOException {
    this.npm = npm;
    this.folder =
        Files.createTempDirectory(SourceTree.root().resolve("acceptance/target"), "openid-");
  }

  @BeforeAll
  void start() throws IOException, InterruptedException {
    int port = FreePort.find();
    provider =
        npm.startScript(
            "openid-provider.mjs", Map.of(), "http://127.0.0.1:" + port + "/callback/acme");
    backend = npm.startBackend("everything");
    issuer = URI.create(provider.awaitUrl());
    program = Program.run(configuration(port, backend.awaitUrl()), folder, port);
  }

  private Path configuration(int port, String backendUrl) throws IOException {
    return Files.writeString(
        folder.resolve("ostiary.yaml"),
        """
        url: http://127.0.0.1:%d
        listen: 127.0.0.1:%1$d
        data: %s
        sign-in:
          openid:
            acme:
              issuer: %s
              client-id: ostiary
              client-secret: ostiary-secret
              allow: { email-domains: [acme.example] }
        servers:
          everything: { backend: "%s", path: /mcp, allow: { groups: [engineering] } }
        """
            .formatted(port, folder.resolve("data"), issuer, backendUrl));
  }

  @AfterAll
  void stop() {
    program.close();
    backend.close();
    provider.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2-legacy", "v2-auto"})
  void signsInTheClientsOfBothGenerations(String generation)
      throws IOException, InterruptedException {
    var report = npm.run("sign-in.mjs", generation, program.server().toString());

    assertThat(report.at("/sums").valueStream().map(sum -> sum.asString()))
        .hasSize(2)
        .allMatch(sum -> sum.contains("42"));
    assertThat(report.at("/refreshed").asBoolean()).isTrue();
    assertThat(report.at("/pages").valueStream().map(page -> page.asString()))
        .hasSize(3)
        .contains("login at oidc-provider", "consent at oidc-provider");
  }

  @Test
  void namesTheUserByTheSubjectOfTheProvider() throws IOException, InterruptedException {
    try (Journey journey = new Journey(program)) {
      journey.signIn();
    }

    assertThat(program.audit())
        .anyMatch(line -> line.contains("\"acme:mona-2501\"") && line.contains("grant.created"));
  }

  /** Its access tokens last half a minute, so each refresh here is one there. */
  @Test
  void endsTheGrantWhenTheProviderRefusesARefresh() throws IOException, InterruptedException {
    try (Journey journey = new Journey(program)) {
      Tokens first = journey.signIn();
      Tokens second = Journey.tokens(first.client(), journey.refresh(first));
      assertThat(journey.call(second.access())).isNotEqualTo(401);

      control("revoke");
      HttpResponse<String> refused = journey.refresh(second);

      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("invalid_grant");
      assertThat(journey.call(second.access())).isEqualTo(401);
    }
  }

  @Test
  void takesANewKeyOfTheProvider() throws IOException, InterruptedException {
    try (Journey journey = new Journey(program)) {
      journey.signIn();
      control("rotate");

      Tokens tokens = journey.signIn();
      assertThat(journey.refresh(tokens).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void isFoundGoodByTheDoctor() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(Program.java());
    command.addAll(List.of("doctor", folder.resolve("ostiary.yaml").toString()));
    Path told = folder.resolve("doctor.txt");
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(told.toFile())
        .start()
        .waitFor();

    assertThat(Files.readString(told))
        .contains("names the issuer " + issuer)
        .contains("The provider publishes 1 keys")
        .contains("The provider knows PKCE with S256")
        .contains("The provider knows the client id with its secret or key");
  }

  private void control(String what) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(issuer.resolve("/control/" + what))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(204);
    }
  }
}
