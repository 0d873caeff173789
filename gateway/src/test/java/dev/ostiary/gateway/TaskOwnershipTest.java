package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawCaller.Said;
import dev.ostiary.gateway.ScriptedChannels.Asked;
import dev.ostiary.gateway.ScriptedChannels.Line;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks belong to the grant that started them. */
final class TaskOwnershipTest {
  private static final String TASK =
      "{\"taskId\":\"t1\",\"status\":\"working\",\"createdAt\":\"2026-11-21T12:00:00Z\","
          + "\"lastUpdatedAt\":\"2026-11-21T12:00:00Z\",\"ttl\":null}";
  private static final String CAPABILITIES =
      "{\"tools\":{},\"tasks\":{\"list\":{},\"cancel\":{},\"requests\":{\"tools\":{\"call\":{}}}}}";

  private LiveEras eras;

  @BeforeEach
  void start() throws Exception {
    eras = new LiveEras(ScriptedChannels.legacy(CAPABILITIES));
  }

  @AfterEach
  void stop() throws Exception {
    eras.close();
  }

  private String started(String session, Line line) throws Exception {
    RawCaller caller = eras.legacy(session, "tools/call", "\"name\":\"a\",\"task\":{}");
    line.next("tools/call").answer("{\"task\":" + TASK + "}");
    return caller.answer().json().at("/result/task/taskId").asString();
  }

  @Test
  void haveIdsThatTheirGrantAloneCanUse() throws Exception {
    String session = eras.begin("good", "2025-11-25", "{}");
    Line line = eras.channels.line();
    String id = started(session, line);
    assertThat(id).isNotEqualTo("t1");

    RawCaller own = eras.legacy(session, "tasks/get", "\"taskId\":\"" + id + "\"");
    Asked asked = line.next("tasks/get");
    assertThat(asked.params().path("taskId").asString()).isEqualTo("t1");
    asked.answer(TASK);
    assertThat(own.answer().json().at("/result/taskId").asString()).isEqualTo(id);

    for (String token : List.of("again", "stranger")) {
      String other = eras.begin(token, "2025-11-25", "{}");
      Line others = eras.channels.line();
      for (String method : List.of("tasks/get", "tasks/cancel", "tasks/result", "tasks/update")) {
        for (String wrong : List.of(id, "t1", "", "\\u0000", "x".repeat(5000))) {
          String body = LiveBridge.request(7, method, "\"taskId\":\"" + wrong + "\"");
          Said said = eras.post(token, other, body).answer();
          assertThat(said.code()).as(method).isEqualTo(-32602);
          assertThat(said.message()).isEqualTo("Invalid params: no such task");
        }
      }
      assertThat(others.requests).isEmpty();
    }
  }

  /** JSON has many spellings of one message, and the backend reads them all. */
  @Test
  void areNotReachedByOtherSpellings() throws Exception {
    eras.begin("good", "2025-11-25", "{}");
    eras.channels.line();
    String session = eras.begin("again", "2025-11-25", "{}");
    Line line = eras.channels.line();

    for (String body :
        List.of(
            LiveBridge.request(7, "t\\u0061sks/get", "\"t\\u0061skId\":\"t1\""),
            LiveBridge.request(7, "tasks/get", "\"taskId\":\"t1\",\"n\":" + "1".repeat(1001)),
            LiveBridge.request(7, "tasks/get", "\"taskId\":\"t1\",\"n\":1e" + "1".repeat(1001)),
            LiveBridge.request(7, "tasks/get", "\"taskId\":\"t1\",\"" + "n".repeat(5000) + "\":1"),
            LiveBridge.request(
                7, "tasks/get", "\"taskId\":\"t1\",\"n\":" + "[".repeat(127) + "]".repeat(127)))) {
      Said said = eras.post("again", session, body).answer();
      assertThat(said.json().has("error")).as(body.substring(0, 70)).isTrue();
    }
    assertThat(line.requests).isEmpty();
  }

  @Test
  void areNotReachedByBatches() throws Exception {
    eras.channels.welcome("2025-03-26", CAPABILITIES);
    String session = eras.begin("again", "2025-03-26", "{}");
    Line line = eras.channels.line();

    String body = "[" + LiveBridge.request(7, "tasks/result", "\"taskId\":\"t1\"") + "]";
    Said said = eras.post("again", session, body, "MCP-Protocol-Version: 2025-03-26").answer();

    assertThat(said.content()).contains("no such task");
    assertThat(line.requests).isEmpty();
  }

  @Test
  void areTheOnlyOnesInListsAndNotifications() throws Exception {
    String session = eras.begin("good", "2025-11-25", "{}");
    Line line = eras.channels.line();
    String id = started(session, line);
    RawCaller stream = eras.listen(session);

    RawCaller list = eras.legacy(session, "tasks/list", "");
    line.next("tasks/list")
        .answer("{\"tasks\":[" + TASK + "," + TASK.replace("t1", "t2") + ",5,{}]}");
    Said said = list.answer();
    assertThat(said.json().at("/result/tasks").size()).isEqualTo(1);
    assertThat(said.json().at("/result/tasks/0/taskId").asString()).isEqualTo(id);
    assertThat(said.content()).doesNotContain("t2");

    line.say("notifications/tasks/status", "\"taskId\":\"t2\",\"status\":\"working\"");
    line.say("notifications/tasks/status", "\"taskId\":\"t1\",\"status\":\"completed\"");
    assertThat(LiveEras.event(stream).at("/params/taskId").asString()).isEqualTo(id);
  }

  @Test
  void areNamedInQuestionsAndAnswersByTheClientsIds() throws Exception {
    String session = eras.begin("good", "2025-11-25", "{\"elicitation\":{}}");
    Line line = eras.channels.line();
    String id = started(session, line);
    RawCaller result = eras.legacy(session, "tasks/result", "\"taskId\":\"" + id + "\"");
    Asked asked = line.next("tasks/result");
    String related = "\"_meta\":{\"io.modelcontextprotocol/related-task\":{\"taskId\":\"%s\"}}";

    asked.ask("q", "elicitation/create", "\"message\":\"?\"," + related.formatted("t1"));
    assertThat(result.head().status()).isEqualTo(200);
    var question = LiveEras.event(result);
    assertThat(question.toString()).contains(id).doesNotContain("\"t1\"");
    eras.post(
            "good",
            session,
            "{\"jsonrpc\":\"2.0\",\"id\":"
                + question.get("id")
                + ",\"result\":{\"action\":\"decline\","
                + related.formatted(id)
                + "}}")
        .answer();
    assertThat(line.response().toString()).contains("\"taskId\":\"t1\"").contains("decline");
    asked.answer("{\"content\":[]," + related.formatted("t1") + "}");
    assertThat(LiveEras.event(result).toString()).contains(id);
  }

  @Test
  void leaveOtherAnswersAsTheyAre() throws Exception {
    String session = eras.begin("good", "2025-11-25", "{}");
    Line line = eras.channels.line();
    RawCaller caller = eras.legacy(session, "tools/call", "\"name\":\"a\"");

    line.next("tools/call").answer("{\"content\":[],\"n\":[1e400,1.0,12345678901234567890]}");

    assertThat(caller.answer().content())
        .endsWith("\"result\":{\"content\":[],\"n\":[1E+400,1.0,12345678901234567890]}}");
  }
}
