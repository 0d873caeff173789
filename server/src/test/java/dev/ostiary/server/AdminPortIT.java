package dev.ostiary.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.server.exit.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program with a second address, for operators alone, and without one. */
@Timeout(120)
final class AdminPortIT {
  @TempDir private Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private int port;
  private int admin;

  @BeforeEach
  void findFreePorts() throws IOException {
    try (ServerSocket one = free();
        ServerSocket other = free()) {
      port = one.getLocalPort();
      admin = other.getLocalPort();
    }
  }

  @AfterEach
  void hangUp() {
    http.shutdownNow();
  }

  @Test
  void showsMetricsAtTheAdminAddressAndNowhereElse() throws Exception {
    configure("admin: { listen: 127.0.0.1:" + admin + ", hosts: [ostiary.svc] }");
    try (OstiaryProcess server = run(Map.of())) {
      server.awaitReady(at(port, "/ready"));
      call(at(port, "/mcp"));
      call(at(port, "/mcp"));
      call(at(port, "/register"));

      HttpResponse<String> metrics = get(at(admin, "/metrics"));
      assertThat(metrics.statusCode()).isEqualTo(200);
      assertThat(metrics.headers().firstValue("Content-Type"))
          .hasValue("text/plain; version=0.0.4; charset=utf-8");
      assertThat(metrics.body().lines())
          .contains(
              "ostiary_gateway_refusals_total{reason=\"no_token\",server=\"github\"} 2.0",
              "ostiary_gateway_refusals_total{reason=\"invalid_token\",server=\"github\"} 0.0",
              "ostiary_authorization_events_total{event=\"client.registered\"} 1.0",
              "ostiary_gateway_streams{server=\"github\"} 0.0",
              "ostiary_token_cache_size 0.0")
          .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
          .anyMatch(line -> line.startsWith("ostiary_http_buffers_bytes{memory=\"direct\"}"))
          .noneMatch(line -> line.endsWith(" -1.0") && line.startsWith("ostiary"));
      assertThat(get(at(admin, "/health")).statusCode()).isEqualTo(200);
      assertThat(get(at(admin, "/ready")).body()).isEqualTo("ready\n");
      assertThat(get(at(admin, "/mcp")).statusCode()).isEqualTo(404);
      assertThat(statusFor("evil.example.com:" + admin)).isEqualTo(421);
      assertThat(statusFor("Ostiary.svc:" + admin)).isEqualTo(200);
      assertThat(statusFor("localhost:" + admin)).isEqualTo(200);
      assertThat(get(at(admin, "/authorize")).statusCode()).isEqualTo(404);
      assertThat(get(at(port, "/metrics")).statusCode()).isEqualTo(404);

      assertThat(server.err()).contains("metrics at http://127.0.0.1:" + admin + "/metrics");
      assertThat(server.terminate().exitCode()).isZero();
      assertThat(server.err()).doesNotContain("ERROR");
    }
  }

  @Test
  void loadsNothingForMetricsThatNobodyWants() throws Exception {
    configure("");
    String log = "-Xlog:class+load=info:file=" + folder.resolve("classes");
    try (OstiaryProcess server = run(Map.of("JAVA_TOOL_OPTIONS", log))) {
      server.awaitReady(at(port, "/ready"));
      call(at(port, "/mcp"));
      assertThat(get(at(port, "/metrics")).statusCode()).isEqualTo(404);
      server.terminate().exitCode();
    }

    assertThat(Files.readString(folder.resolve("classes")))
        .contains("dev.ostiary.server.RunningServer ")
        .doesNotContain("io.micrometer", "io.prometheus");
  }

  @Test
  void saysThatTheAdminAddressIsInUse() throws Exception {
    configure("admin: { listen: 127.0.0.1:" + admin + " }");
    try (ServerSocket taken = new ServerSocket(admin, 1, InetAddress.getLoopbackAddress());
        OstiaryProcess server = run(Map.of())) {
      assertThat(server.exitCode()).isEqualTo(ExitCode.ADDRESS.number());
      assertThat(server.err())
          .contains(
              "Port " + taken.getLocalPort() + " of 127.0.0.1 is in use: stop what listens there,",
              "or set 'admin.listen' in the configuration.");
    }
  }

  private static ServerSocket free() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private void configure(String more) throws IOException {
    Files.writeString(
        folder.resolve("ostiary.yaml"), "url: http://127.0.0.1:" + port + "\n" + more + "\n");
  }

  private OstiaryProcess run(Map<String, String> more) throws IOException {
    var variables =
        new HashMap<>(Map.of("GITHUB_CLIENT_ID", "id", "GITHUB_CLIENT_SECRET", "s3cr3t"));
    variables.putAll(more);
    return OstiaryProcess.start(folder, variables, "run");
  }

  private static URI at(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  /** Of the metrics, to a request with this Host. */
  private int statusFor(String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), admin)) {
      socket
          .getOutputStream()
          .write(
              ("GET /metrics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(reply.split(" ", 3)[1]);
    }
  }

  private void call(URI address) throws IOException, InterruptedException {
    String body = "{\"redirect_uris\":[\"http://127.0.0.1/callback\"]}";
    http.send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.discarding());
  }
}
