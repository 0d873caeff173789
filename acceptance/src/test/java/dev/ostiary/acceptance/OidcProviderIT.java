package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The gateway alone, with npm's {@code oidc-provider} for its authorization server. */
@ExtendWith(WithProgram.class)
final class OidcProviderIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void issuesTheTokensThatAreTaken(Npm npm) throws Exception {
    int port = FreePort.find();
    URI url = URI.create("http://127.0.0.1:" + port);
    try (NodeProcess provider = npm.startBackend("oidc-provider");
        JavaSdkServer backend = JavaSdkServer.start(folder)) {
      URI issuer = URI.create(provider.awaitUrl());
      Path configuration =
          Files.writeString(
              folder.resolve("ostiary.yaml"),
              """
              url: %s
              listen: 127.0.0.1:%d
              data: %s
              servers:
                jwt: { backend: "%s", authorization-server: { issuer: "%s", audience: "api:mcp" } }
                opaque:
                  backend: "%4$s"
                  authorization-server:
                    issuer: "%5$s"
                    audience: api:mcp
                    introspection: { client-id: gateway, client-secret: "gateway:secret" }
                moved:
                  backend: "%4$s"
                  authorization-server: { issuer: "%5$s/", audience: "api:mcp" }
              """
                  .formatted(url, port, folder.resolve("data"), backend.url(), issuer));
      try (Program gateway = Program.run(configuration, folder, port)) {
        takesBothKindsOfTokens(gateway, issuer);
        refusesOthers(gateway, issuer);
        readsNewKeys(gateway, issuer);
        stop(provider);
        assertThat(call(gateway, "opaque", "never-seen")).isEqualTo(503);
      }
    }
  }

  private static void stop(NodeProcess provider) {
    provider.close();
  }

  private static void takesBothKindsOfTokens(Program gateway, URI issuer) throws Exception {
    assertAccepted(gateway, "jwt", mint(issuer, "jwt", "api:mcp"));
    assertAccepted(gateway, "opaque", mint(issuer, "opaque", "api:mcp"));
  }

  private static void refusesOthers(Program gateway, URI issuer) throws Exception {
    assertThat(call(gateway, "jwt", mint(issuer, "jwt", "api:other"))).isEqualTo(401);
    assertThat(call(gateway, "opaque", mint(issuer, "opaque", "api:other"))).isEqualTo(401);
    assertThat(call(gateway, "jwt", mint(issuer, "opaque", "api:mcp"))).isEqualTo(401);
    assertThat(call(gateway, "opaque", "never-issued")).isEqualTo(401);
    assertThat(call(gateway, "moved", mint(issuer, "jwt", "api:mcp"))).isEqualTo(401);
  }

  private static void readsNewKeys(Program gateway, URI issuer) throws Exception {
    get(issuer.resolve("/rotate"));
    String token = mint(issuer, "jwt", "api:mcp");
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (call(gateway, "jwt", token) != 400 && System.nanoTime() < deadline) {
      Thread.onSpinWait(); // the keys are read again at most every ten seconds
    }
    assertAccepted(gateway, "jwt", token);
  }

  private static String mint(URI issuer, String format, String audience)
      throws IOException, InterruptedException {
    return get(
        issuer.resolve(
            "/mint?format="
                + format
                + "&audience="
                + URLEncoder.encode(audience, StandardCharsets.UTF_8)));
  }

  private static String get(URI address) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body();
    }
  }

  /** Past the gateway: the backend misses a session, which is a 400. */
  private static void assertAccepted(Program gateway, String server, String token)
      throws IOException, InterruptedException {
    assertThat(call(gateway, server, token)).as(gateway::log).isEqualTo(400);
  }

  private static int call(Program gateway, String server, String token)
      throws IOException, InterruptedException {
    return GuardedCall.status(gateway.origin().resolve("/" + server + "/mcp"), token);
  }
}
