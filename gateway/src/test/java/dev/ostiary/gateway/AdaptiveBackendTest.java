package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawBackend.Heard;
import dev.ostiary.gateway.RawBackend.Peer;
import dev.ostiary.gateway.RawCaller.Said;
import dev.ostiary.mcp.Era;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a gateway finds out which eras a backend speaks, and what it does then. */
final class AdaptiveBackendTest {
  private static final String META =
      "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
  private static final String LIST = BehindGateway.message("tools/list", META);
  private static final String OK = "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"tools\":[]}}";
  private static final String MODERN =
      "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"supportedVersions\":[\"2026-07-28\"],"
          + "\"capabilities\":{}}}";
  private static final String NO_SESSION =
      "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,\"message\":\"Bad Request\"}}";
  private static final String UNKNOWN =
      "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-32601,\"message\":\"\"}}";
  private static final String HTML = "\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p/>";

  private RawBackend docs;
  private LiveGateway gateway;
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    docs = new RawBackend();
    gateway = LiveGateway.adaptive(LiveGateway.settings(docs.uri(), Duration.ofSeconds(30), 1024));
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    gateway.close();
    docs.close();
  }

  @Test
  void passesAModernCallToAModernBackend() throws IOException {
    RawCaller caller = modern();
    Peer peer = accept();
    Heard discover = peer.hear();
    peer.json(200, MODERN);
    Heard list = peer.hear();
    peer.json(200, OK);

    assertThat(discover.field("Mcp-Method")).isEqualTo("server/discover");
    assertThat(list.body()).isEqualTo(LIST);
    assertThat(caller.answer().content()).isEqualTo(OK);
    assertThat(gateway.eras.speaks(Era.MODERN)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "200 OK" + HTML,
        "200 OK\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n",
        "202 Accepted\r\nContent-Length: 0\r\n\r\n",
        "403 Forbidden" + HTML,
        "404 Not Found" + HTML,
        "405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n",
        "500 Broken" + HTML
      })
  void bridgesAModernCallWhereTheAnswerIsOdd(String answer) throws IOException {
    modern();
    Peer peer = accept();
    assertThat(peer.hear().body()).contains("server/discover");
    peer.say("HTTP/1.1 " + answer);

    hearsInitialize(peer);
    assertThat(gateway.eras.speaks(Era.MODERN)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":null,\"error\":{\"code\":-32022,\"message\":\"\"}}",
        "{\"id\":0,\"error\":{\"code\":-32602,\"message\":\"Invalid request parameters\"}}",
        "{\"id\":0,\"error\":{\"code\":-32601,\"message\":\"\"}}",
        "{\"id\":0,\"error\":{\"code\":-32022,\"message\":\"\",\"data\":{\"supported\":"
            + "[\"2025-11-25\"]}}}"
      })
  void bridgesAModernCallWhereTheErrorIsALegacyOne(String json) throws IOException {
    modern();
    Peer peer = accept();
    assertThat(peer.hear().body()).contains("server/discover");
    peer.json(400, json);

    hearsInitialize(peer);
  }

  @Test
  void doesNotWaitForeverForAnAnswer() throws IOException {
    modern();
    Peer silent = accept();
    assertThat(silent.hear().body()).contains("server/discover");
    gateway.pass(Duration.ofSeconds(6));

    hearsInitialize(accept());
  }

  @Test
  void learnsNothingOfABackendThatCannotBeReached() throws IOException {
    docs.close();

    assertThat(modern().answer().status()).isEqualTo(502);
    assertThat(gateway.eras.speaks(Era.MODERN)).isNull();
  }

  @Test
  void learnsNothingWhereItsCredentialsAreRefused() throws IOException {
    RawCaller caller = modern();
    Peer peer = accept();
    assertThat(peer.hear().body()).contains("server/discover");
    peer.say("HTTP/1.1 401 Unauthorized" + HTML);

    assertThat(caller.answer().status()).isEqualTo(502);
    assertThat(gateway.eras.speaks(Era.MODERN)).isNull();
  }

  @Test
  void asksOnceForAllThatCallAtTheSameTime() throws IOException {
    List<RawCaller> callers = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      callers.add(modern());
    }
    Peer first = accept();
    assertThat(first.hear().body()).contains("server/discover");
    first.json(200, MODERN, "Connection: close").close();

    for (int i = 0; i < 64; i++) {
      Peer peer = accept();
      assertThat(peer.hear().body()).isEqualTo(LIST);
      peer.json(200, OK, "Connection: close").close();
    }
    for (RawCaller caller : callers) {
      assertThat(caller.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void findsOutAnewWhenAModernBackendIsNoneAnyMore() throws IOException {
    gateway.eras.learned(Era.MODERN, true);
    modern();
    Peer peer = accept();
    assertThat(peer.hear().body()).isEqualTo(LIST);
    peer.json(400, NO_SESSION);
    assertThat(peer.hear().body()).contains("server/discover");
    peer.json(400, NO_SESSION);

    hearsInitialize(peer);
    assertThat(gateway.eras.speaks(Era.MODERN)).isFalse();
  }

  @Test
  void leavesTheRefusalOfAModernBackendAsItIs() throws IOException {
    gateway.eras.learned(Era.MODERN, true);
    RawCaller caller = modern();
    Peer peer = accept();
    assertThat(peer.hear().body()).isEqualTo(LIST);
    peer.json(404, UNKNOWN);

    Said said = caller.answer();
    assertThat(said.status()).isEqualTo(404);
    assertThat(said.content()).isEqualTo(UNKNOWN);
  }

  @Test
  void passesInitializeToALegacyBackend() throws IOException {
    RawCaller caller = initialize();
    Peer peer = accept();
    assertThat(peer.hear().body()).contains("\"initialize\"");
    peer.json(
        200,
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"protocolVersion\":\"2025-06-18\"}}",
        "Mcp-Session-Id: s1");

    assertThat(caller.answer().status()).isEqualTo(200);
    assertThat(gateway.eras.speaks(Era.LEGACY)).isTrue();
  }

  @Test
  void bridgesInitializeWhereTheBackendIsModernOnly() throws IOException {
    initialize();
    Peer peer = accept();
    assertThat(peer.hear().body()).contains("\"initialize\"");
    peer.json(404, UNKNOWN);
    assertThat(peer.hear().body()).contains("server/discover");
    peer.json(200, MODERN);

    BehindGateway.eventually(() -> Boolean.FALSE.equals(gateway.eras.speaks(Era.LEGACY)));
  }

  @Test
  void passesTheRefusalOfALegacyBackend() throws IOException {
    RawCaller caller = initialize();
    Peer peer = accept();
    assertThat(peer.hear().body()).contains("\"initialize\"");
    peer.json(400, NO_SESSION);
    assertThat(peer.hear().body()).contains("server/discover");
    peer.json(400, NO_SESSION);

    assertThat(caller.answer().content()).isEqualTo(NO_SESSION);
    assertThat(gateway.eras.speaks(Era.LEGACY)).isNull();
  }

  /** On the same connection, or another one. */
  private void hearsInitialize(Peer peer) throws IOException {
    Heard heard = peer.hear();
    Heard next = heard.lines().isEmpty() ? accept().hear() : heard;
    assertThat(next.body()).contains("\"initialize\"");
  }

  private RawCaller modern() throws IOException {
    return caller(LIST, "MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/list");
  }

  private RawCaller initialize() throws IOException {
    return caller(
        BehindGateway.message(
            "initialize",
            "\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},"
                + "\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}"));
  }

  private RawCaller caller(String body, String... fields) throws IOException {
    List<String> all = new ArrayList<>(List.of("Authorization: Bearer good"));
    all.addAll(List.of(fields));
    RawCaller caller = gateway.caller();
    open.add(caller);
    return caller.send("POST", body, all.toArray(String[]::new));
  }

  private Peer accept() throws IOException {
    Peer peer = docs.accept();
    open.add(peer);
    return peer;
  }
}
