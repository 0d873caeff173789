package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** A Keycloak with two realms that are alike, as an authorization server that is not ours. */
final class Keycloak implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final Path log;
  private final Process process;

  private Keycloak(int port, Path log, Process process) {
    this.port = port;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts it from the distribution that the build has unpacked.
   *
   * @param resource the audience of tokens with the scope {@code mcp}
   */
  static Keycloak start(Path folder, URI resource) throws IOException, InterruptedException {
    Path home;
    try (Stream<Path> unpacked =
        Files.list(SourceTree.root().resolve("acceptance/target/keycloak"))) {
      home =
          unpacked
              .filter(path -> path.getFileName().toString().startsWith("keycloak-"))
              .findFirst()
              .orElseThrow();
    }
    delete(home.resolve("data"));
    Path imports = Files.createDirectories(home.resolve("data/import"));
    for (String realm : new String[] {"acme", "other"}) {
      Files.writeString(imports.resolve(realm + ".json"), realm(realm, resource));
    }
    int port = FreePort.find();
    Path log = folder.resolve("keycloak.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--import-realm")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
    builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", "admin");
    Keycloak keycloak = new Keycloak(port, log, builder.start());
    keycloak.awaitReady();
    return keycloak;
  }

  private static String realm(String name, URI resource) throws IOException {
    try (var template = Keycloak.class.getResourceAsStream("/keycloak/realm.json")) {
      if (template == null) {
        throw new IOException("no realm");
      }
      return new String(template.readAllBytes(), StandardCharsets.UTF_8)
          .replace("REALM", name)
          .replace("RESOURCE", resource.toString());
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!isReady()) {
      if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        close();
        throw new IllegalStateException("Keycloak did not start:\n" + Files.readString(log));
      }
    }
  }

  private boolean isReady() throws IOException, InterruptedException {
    try {
      return http.send(
                  HttpRequest.newBuilder(
                          URI.create(issuer("other") + "/.well-known/openid-configuration"))
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (ConnectException notYet) {
      return false;
    }
  }

  String issuer(String realm) {
    return "http://127.0.0.1:" + port + "/realms/" + realm;
  }

  /** An access token of a user who signed in at a client. */
  String token(String realm, String client, String scope) throws IOException, InterruptedException {
    return post(
        issuer(realm) + "/protocol/openid-connect/token",
        Map.of(
            "grant_type",
            "password",
            "client_id",
            client,
            "username",
            realm.equals("master") ? "admin" : "octocat",
            "password",
            realm.equals("master") ? "admin" : "password",
            "scope",
            scope));
  }

  private String post(String url, Map<String, String> form)
      throws IOException, InterruptedException {
    String body =
        form.entrySet().stream()
            .map(
                entry ->
                    entry.getKey()
                        + "="
                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body()).path("access_token").asString();
  }

  /** Makes a new key, which signs from now on. */
  void rotate(String realm) throws IOException, InterruptedException {
    String key =
        """
        {"name": "next", "providerId": "rsa-generated", "providerType": "org.keycloak.keys.KeyProvider",
         "config": {"priority": ["1000"], "algorithm": ["RS256"], "keySize": ["2048"]}}
        """;
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(
                        "http://127.0.0.1:" + port + "/admin/realms/" + realm + "/components"))
                .header("Authorization", "Bearer " + token("master", "admin-cli", "openid"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(key))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  @Override
  public void close() {
    http.close();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }
}
