package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawBackend.Heard;
import dev.ostiary.gateway.RawBackend.Peer;
import dev.ostiary.gateway.RawCaller.Said;
import dev.ostiary.mcp.Era;
import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tasks in answers that pass: a backend may spell every character of JSON by its code, and its
 * tasks belong to their grant all the same.
 */
final class TaskSpellingTest {
  private static final String META =
      "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientCapabilities\":"
          + "{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}}";
  private static final String STATE =
      "\"taskId\":\"t1\",\"status\":\"working\",\"createdAt\":\"2026-11-21T12:00:00Z\","
          + "\"lastUpdatedAt\":\"2026-11-21T12:00:00Z\",\"ttlMs\":null}}";
  private static final String BEGUN =
      "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"resultType\":\"task\"," + STATE;
  private static final String SEEN =
      "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"resultType\":\"complete\"," + STATE;

  private RawBackend docs;
  private LiveGateway gateway;
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    docs = new RawBackend();
    gateway = LiveGateway.adaptive(LiveGateway.settings(docs.uri(), Duration.ofSeconds(30), 1024));
    gateway.eras.learned(Era.MODERN, true);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    gateway.close();
    docs.close();
  }

  private RawCaller send(String token, String method, String member, String value)
      throws IOException {
    RawCaller caller = gateway.caller();
    open.add(caller);
    return caller.send(
        "POST",
        BehindGateway.message(method, "\"" + member + "\":\"" + value + "\"," + META),
        "Authorization: Bearer " + token,
        "MCP-Protocol-Version: 2026-07-28",
        "Mcp-Method: " + method,
        "Mcp-Name: " + value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"task", "ta\\u0073k", "t\\u0061sk", "\\u0074ask", "tas\\u006B", "tas\\u006b"})
  @Requirement("T-16")
  void belongToTheirGrantInWhateverSpelling(String task) throws IOException {
    RawCaller caller = send("good", "tools/call", "name", "a");
    Peer peer = docs.accept();
    open.add(peer);
    peer.hear();
    peer.json(200, BEGUN.replace("task", task));

    String id = caller.answer().json().at("/result/taskId").asString();
    assertThat(id).isNotEmpty().isNotEqualTo("t1");
    RawCaller look = send("good", "tasks/get", "taskId", id);
    Heard heard = peer.hear();
    peer.json(200, SEEN.replace("task", task));
    assertThat(heard.field("Mcp-Name")).isEqualTo("t1");
    assertThat(heard.body()).contains("\"taskId\":\"t1\"").doesNotContain(id);
    assertThat(look.answer().json().at("/result/taskId").asString()).isEqualTo(id);
    Said other = send("stranger", "tasks/get", "taskId", id).answer();
    assertThat(other.code()).isEqualTo(-32602);
    Said guessed = send("stranger", "tasks/get", "taskId", "t1").answer();
    assertThat(guessed.code()).isEqualTo(-32602);
  }

  @ParameterizedTest
  @ValueSource(strings = {"task", "ta\\u0073k"})
  void belongToTheirGrantInEventsToo(String task) throws IOException {
    RawCaller caller = send("good", "tools/call", "name", "a");
    Peer peer = docs.accept();
    open.add(peer);
    peer.hear();
    peer.events().chunk("data: " + BEGUN.replace("task", task) + "\n\n").chunk("");

    String content = caller.answer().content();
    assertThat(content).contains("\"taskId\":").doesNotContain("\"t1\"");
  }
}
