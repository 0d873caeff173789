package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.embed.config.Allow;
import dev.ostiary.embed.config.ConnectorServer;
import dev.ostiary.embed.config.HttpServer;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.ServerEntry;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import java.net.InetAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person reads who opens the server in a browser. */
final class LandingTest {
  private static final String HTML =
      "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
  private static final OstiaryConfig LOOPBACK = SampleConfig.at("http://127.0.0.1:8080");

  @Test
  void saysHowToConnectEachClient() throws Exception {
    try (RunningOstiary running = new RunningOstiary(SampleConfig.at("https://mcp.example.com"))) {
      Reply reply = get(running, "/", HTML, "en");

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.headers().first("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'", "form-action 'none'");
      assertThat(FakeExchange.text(reply))
          .contains("Connect an app to GitHub tools", "https://mcp.example.com/mcp")
          .contains("claude mcp add --transport http github https://mcp.example.com/mcp")
          .contains("codex mcp add github --url https://mcp.example.com/mcp")
          .contains("gemini mcp add --transport http github https://mcp.example.com/mcp")
          .contains("cursor://anysphere.cursor-deeplink/mcp/install?name=github&amp;config=")
          .contains("vscode:mcp/install?%7B%22name%22%3A%22github%22%2C")
          .contains("Add custom connector", "Developer mode")
          .contains("<a href=\"/sign-out\">Sign out</a>")
          .doesNotContain("<script", "cannot reach an address on this computer");
    }
  }

  @Test
  void saysWhatCannotReachThisComputer() throws Exception {
    try (RunningOstiary running = new RunningOstiary(LOOPBACK)) {
      assertThat(FakeExchange.text(get(running, "/", HTML, "en")))
          .contains("cannot reach an address on this computer", "http://127.0.0.1:8080/mcp")
          .doesNotContain("Add custom connector");
    }
  }

  @Test
  void speaksJapanese() throws Exception {
    try (RunningOstiary running = new RunningOstiary(LOOPBACK)) {
      assertThat(FakeExchange.text(get(running, "/", HTML, "ja")))
          .contains("<html lang=\"ja\">", "アプリを接続する", "ターミナルで実行します。");
    }
  }

  @Test
  void listsEachServer() throws Exception {
    Map<String, ServerEntry> servers = new LinkedHashMap<>();
    servers.put("github", new ServerEntry(new ConnectorServer("github"), "/mcp"));
    servers.put(
        "docs",
        new ServerEntry(
                HttpServer.at(URI.create("http://127.0.0.1:9000/mcp")),
                "/docs/mcp",
                new Allow.Everyone())
            .title("Handbook"));
    try (RunningOstiary running = new RunningOstiary(LOOPBACK.servers(servers))) {
      assertThat(FakeExchange.text(get(running, "/", HTML, "en")))
          .contains("<h2>GitHub tools</h2>", "<h2>Handbook</h2>", "http://127.0.0.1:8080/docs/mcp");
      assertThat(FakeExchange.text(get(running, "/docs/mcp", HTML, "en")))
          .contains("Connect an app to Handbook", "codex mcp add docs")
          .doesNotContain("codex mcp add github");
    }
  }

  @Test
  void isTheContentOfThe401ForABrowser() throws Exception {
    try (RunningOstiary running = new RunningOstiary(LOOPBACK)) {
      Reply reply = get(running, "/mcp", HTML, "en");

      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.headers().first("WWW-Authenticate").orElse(""))
          .startsWith("Bearer ")
          .contains("resource_metadata=");
      assertThat(reply.headers().first("Content-Type").orElse("")).startsWith("text/html");
      assertThat(reply.headers().first("Vary")).contains("Accept");
      assertThat(FakeExchange.text(reply)).contains("Connect an app to GitHub tools");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "text/event-stream", "application/json, text/event-stream"})
  void isNotForClients(String accept) throws Exception {
    try (RunningOstiary running = new RunningOstiary(LOOPBACK)) {
      Reply reply = get(running, "/mcp", accept, "en");

      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.headers().first("Content-Type").orElse("")).startsWith("application/json");
    }
  }

  private static Reply get(RunningOstiary running, String path, String accept, String language) {
    return FakeExchange.serve(
        running.ostiary().service(),
        new Request(
            "r1",
            "GET",
            path,
            "",
            Headers.of("Host", "127.0.0.1:8080", "Accept", accept, "Accept-Language", language),
            Body.empty(),
            InetAddress.getLoopbackAddress()));
  }
}
