package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawBackend.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an observer is told of calls to a server over HTTP. */
@Timeout(30)
final class ObservedBackendTest {
  private static final String TOOLS =
      "{\"jsonrpc\":\"2.0\", \"id\":7,\"result\":{\"tools\":[{\"name\":\"read\"}]}}";

  private RawBackend docs;
  private LiveGateway gateway;

  @BeforeEach
  void start() throws IOException {
    docs = new RawBackend();
    gateway = LiveGateway.of(docs);
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    docs.close();
  }

  @Test
  void hearsTheNamesOfToolsInJson() throws Exception {
    try (RawCaller caller = gateway.caller()) {
      list(caller);
      Peer peer = docs.accept();
      peer.hear();
      peer.json(200, TOOLS);
      assertThat(caller.answer().content()).isEqualTo(TOOLS);

      call(caller, "read");
      peer.hear();
      peer.json(500, "{}");
      caller.answer();
    }

    assertThat(told()).containsExactly("docs tools/list - ANSWERED", "docs tools/call read FAILED");
  }

  @Test
  void hearsTheNamesOfToolsInAListThatIsTooLongToBeReadAhead() throws Exception {
    String list = TOOLS.replace("[{", "[{\"description\":\"" + "d".repeat(300_000) + "\",");
    try (RawCaller caller = gateway.caller()) {
      list(caller);
      Peer peer = docs.accept();
      peer.hear();
      peer.json(200, list);
      assertThat(caller.answer().content()).isEqualTo(list);

      call(caller, "read");
      peer.hear();
      peer.json(404, "{}");
      caller.answer();
    }

    assertThat(told())
        .containsExactly("docs tools/list - ANSWERED", "docs tools/call read REJECTED");
  }

  @Test
  void hearsTheNamesOfToolsInAStreamWhichPassesAsItIs() throws Exception {
    String events = ": hello\n\ndata: {\"method\":\"x\"}\n\nid: 1\ndata: " + TOOLS + "\n\n: bye\n";
    try (RawCaller caller = gateway.caller()) {
      list(caller);
      Peer peer = docs.accept();
      peer.hear();
      peer.events().chunk(events.substring(0, 60));
      caller.head();
      String first = caller.chunk();
      peer.chunk(events.substring(60)).say("0\r\n\r\n");
      StringBuilder rest = new StringBuilder(first);
      for (String chunk = caller.chunk(); !chunk.isEmpty(); chunk = caller.chunk()) {
        rest.append(chunk);
      }
      assertThat(rest.toString()).isEqualTo(events);

      call(caller, "read");
      peer.hear();
      peer.json(200, "{}");
      caller.answer();
    }

    assertThat(told())
        .containsExactly(
            "docs opened",
            "docs closed",
            "docs tools/list - ANSWERED",
            "docs tools/call read ANSWERED");
  }

  @Test
  void hearsOfAStreamThatBreaksOffOrIsLeft() throws Exception {
    try (RawCaller caller = gateway.caller()) {
      call(caller, "read");
      Peer peer = docs.accept();
      peer.hear();
      peer.events().chunk("data: {}\n\n");
      caller.head();
      caller.chunk();
      peer.reset();
      gateway.observer.await("docs tools/call other FAILED");
    }
    assertThat(told())
        .containsExactly(
            "docs opened", "docs closed", "docs BROKEN_OFF", "docs tools/call other FAILED");

    try (RawCaller caller = gateway.caller()) {
      call(caller, "read");
      Peer peer = docs.accept();
      peer.hear();
      peer.events().chunk("data: {}\n\n");
      caller.head();
      caller.chunk();
    }
    gateway.observer.await("docs tools/call other ABANDONED");
    assertThat(told())
        .containsExactly("docs opened", "docs closed", "docs tools/call other ABANDONED");
  }

  @Test
  void hearsOfAServerThatCannotBeReachedAndIsLeftAlone() throws Exception {
    docs.close();
    try (RawCaller caller = gateway.caller()) {
      for (int i = 0; i < 4; i++) {
        call(caller, "read");
        caller.answer();
      }
    }

    assertThat(told())
        .containsSubsequence(
            "docs UNREACHABLE",
            "docs UNREACHABLE",
            "docs circuit open",
            "docs UNREACHABLE",
            "docs PAUSED")
        .filteredOn(line -> line.endsWith("FAILED"))
        .hasSize(4);
  }

  @Test
  void hearsOfAServerThatAnswersAgain() throws Exception {
    int port = docs.port();
    docs.close();
    try (RawCaller caller = gateway.caller()) {
      for (int i = 0; i < 3; i++) {
        call(caller, "read");
        caller.answer();
      }
      docs = new RawBackend(port);
      gateway.pass(Duration.ofSeconds(11));
      call(caller, "read");
      Peer peer = docs.accept();
      peer.hear();
      peer.json(200, "{}");
      caller.answer();
    }

    assertThat(told()).containsSubsequence("docs circuit open", "docs circuit closed");
  }

  @Test
  void hearsOfAnswersThatNobodyCanUse() throws Exception {
    try (RawCaller caller = gateway.caller()) {
      call(caller, "read");
      Peer peer = docs.accept();
      peer.hear();
      peer.say("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n");
      caller.answer();
    }

    assertThat(told()).containsExactly("docs UNUSABLE", "docs tools/call other FAILED");
  }

  /** But for tokens, which are another matter. */
  private List<String> told() {
    List<String> told = new ArrayList<>(gateway.observer.told());
    told.removeAll(List.of("hit", "miss"));
    return told;
  }

  private static void list(RawCaller caller) throws IOException {
    send(caller, "tools/list", "");
  }

  private static void call(RawCaller caller, String tool) throws IOException {
    send(caller, "tools/call", "\"name\":\"" + tool + "\",", "Mcp-Name: " + tool);
  }

  private static void send(RawCaller caller, String method, String params, String... more)
      throws IOException {
    List<String> fields = new ArrayList<>(List.of(more));
    fields.addAll(
        List.of(
            "Authorization: Bearer good",
            "MCP-Protocol-Version: 2026-07-28",
            "Mcp-Method: " + method));
    caller.send(
        "POST",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\""
            + method
            + "\",\"params\":{"
            + params
            + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}",
        fields.toArray(String[]::new));
  }
}
