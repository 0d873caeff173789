package dev.ostiary.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ostiary.acceptance.Journey.Tokens;
import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.NettyServer;
import dev.ostiary.http.netty.Options;
import dev.ostiary.simulator.SimulatedGitHub;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.token.App;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What the program says it did, against what was done to it. */
@Timeout(120)
final class MetricsIT {
  private static final String CALLS = "ostiary_gateway_calls_total";

  @TempDir private Path folder;

  private final EventLoops loops = EventLoops.start();
  private final HttpClient http = HttpClient.newHttpClient();
  private final CountDownLatch finished = new CountDownLatch(1);
  private HttpServer docs;
  private NettyServer github;
  private Program program;
  private URI metrics;
  private URI server;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    docs = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    docs.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    docs.createContext("/mcp", this::answer);
    docs.start();
    int port = FreePort.find();
    App app = App.oauth("id", "secret", "Metrics", "http://127.0.0.1:" + port + "/callback");
    SimulatedGitHub simulated =
        new SimulatedGitHub(
            SimulatorSettings.of(app).with(Person.approving("octocat")), InstantSource.system());
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    github = NettyServer.start(Options.at(anyPort, InstantSource.system()), loops, simulated);
    simulated.at(URI.create("http://127.0.0.1:" + github.address().getPort()));
    int admin = FreePort.find();
    program = Program.run(configuration(port, admin), folder, port);
    metrics = URI.create("http://127.0.0.1:" + admin + "/metrics");
    server = program.origin().resolve("/docs/mcp");
  }

  @AfterEach
  void stop() {
    finished.countDown();
    http.shutdownNow();
    program.close();
    github.close();
    docs.stop(0);
    loops.close();
  }

  @Test
  void countsExactlyWhatHappens() throws Exception {
    try (Journey journey = new Journey(program, server)) {
      Tokens tokens = journey.signIn();
      tokens = Journey.tokens(tokens.client(), journey.refresh(tokens));
      journey.refresh(new Tokens(tokens.client(), "", "no-such-token"));
      assertThat(send(tokens.access(), "tools/call", "echo").statusCode()).isEqualTo(200);
      for (int i = 0; i < 3; i++) {
        assertThat(journey.call(tokens.access())).isEqualTo(200);
      }
      assertThat(send(tokens.access(), "tools/call", "echo").statusCode()).isEqualTo(200);
      assertThat(send(tokens.access(), "tools/call", "invented").statusCode()).isEqualTo(500);
      assertThat(journey.call("no-token-at-all")).isEqualTo(401);

      assertThat(lines())
          .contains(
              call("tools/call", "other", "answered") + " 1.0",
              call("tools/list", "", "answered") + " 3.0",
              call("tools/call", "echo", "answered") + " 1.0",
              call("tools/call", "other", "failed") + " 1.0",
              "ostiary_gateway_call_duration_seconds_count{method=\"tools/call\",server=\"docs\"}"
                  + " 3",
              "ostiary_gateway_refusals_total{reason=\"invalid_token\",server=\"docs\"} 1.0",
              "ostiary_token_cache_lookups_total{result=\"hit\"} 5.0",
              "ostiary_token_cache_lookups_total{result=\"miss\"} 2.0",
              "ostiary_token_cache_size 1.0",
              event("client.registered") + " 1.0",
              event("consent.given") + " 1.0",
              event("grant.created") + " 1.0",
              event("code.redeemed") + " 1.0",
              event("refresh.rotated") + " 1.0",
              event("token.refused") + " 1.0")
          .filteredOn(line -> line.startsWith(CALLS))
          .hasSize(4);
      assertThat(String.join("\n", lines())).doesNotContain("octocat", tokens.client().id());
    }
  }

  @Test
  void countsStreamsWhileTheyGoOn() throws Exception {
    try (Journey journey = new Journey(program, server)) {
      Tokens tokens = journey.signIn();
      HttpResponse<InputStream> stream = send(tokens.access(), "tools/call", "stream");
      assertThat(stream.body().read()).isEqualTo('d');
      assertThat(lines()).contains("ostiary_gateway_streams{server=\"docs\"} 1.0");

      finished.countDown();
      stream.body().readAllBytes();
      assertThat(lines())
          .contains(
              "ostiary_gateway_streams{server=\"docs\"} 0.0",
              "ostiary_gateway_streams_opened_total{server=\"docs\"} 1.0",
              call("tools/call", "other", "answered") + " 1.0");
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      boolean stream = asked.contains("\"stream\"");
      String answer =
          asked.contains("\"server/discover\"")
              ? "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{\"tools\":{}},\"resultType\":\"complete\"}}"
                  .formatted(JsonMapper.shared().readTree(asked).path("id"))
              : stream
                  ? "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\n"
                  : "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[{\"name\":\"echo\"}]}}";
      exchange
          .getResponseHeaders()
          .set("Content-Type", stream ? "text/event-stream" : "application/json");
      exchange.sendResponseHeaders(asked.contains("\"invented\"") ? 500 : 200, 0);
      exchange.getResponseBody().write(answer.getBytes(UTF_8));
      exchange.getResponseBody().flush();
      if (stream) {
        finished.await();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Path configuration(int port, int admin) throws IOException {
    return Files.writeString(
        folder.resolve("ostiary.yaml"),
        """
        url: http://127.0.0.1:%d
        admin: { listen: 127.0.0.1:%d }
        data: %s
        sign-in:
          github:
            base-url: http://127.0.0.1:%d
            client-id: id
            client-secret: secret
        servers:
          docs: { backend: "http://127.0.0.1:%d/mcp", allow: everyone }
        """
            .formatted(
                port,
                admin,
                folder.resolve("data"),
                github.address().getPort(),
                docs.getAddress().getPort()));
  }

  private HttpResponse<InputStream> send(String accessToken, String method, String tool)
      throws IOException, InterruptedException {
    String message =
        """
        {"jsonrpc": "2.0", "id": 1, "method": "%s", "params": {"name": "%s", "_meta": {
          "io.modelcontextprotocol/protocolVersion": "2026-07-28",
          "io.modelcontextprotocol/clientCapabilities": {}}}}
        """
            .formatted(method, tool);
    return http.send(
        HttpRequest.newBuilder(server)
            .header("Authorization", "Bearer " + accessToken)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("MCP-Protocol-Version", "2026-07-28")
            .header("Mcp-Method", method)
            .header("Mcp-Name", tool)
            .POST(BodyPublishers.ofString(message, UTF_8))
            .build(),
        BodyHandlers.ofInputStream());
  }

  private List<String> lines() throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofLines())
        .body()
        .toList();
  }

  private static String call(String method, String tool, String outcome) {
    return CALLS
        + "{method=\"%s\",outcome=\"%s\",server=\"docs\",tool=\"%s\"}"
            .formatted(method, outcome, tool);
  }

  private static String event(String name) {
    return "ostiary_authorization_events_total{event=\"" + name + "\"}";
  }
}
