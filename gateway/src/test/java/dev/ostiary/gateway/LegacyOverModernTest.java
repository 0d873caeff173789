package dev.ostiary.gateway;

import static dev.ostiary.gateway.BehindGateway.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawCaller.Said;
import dev.ostiary.gateway.ScriptedChannels.Asked;
import dev.ostiary.gateway.ScriptedChannels.Line;
import dev.ostiary.requirements.Requirement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Clients of the legacy era before a backend of the modern era. */
final class LegacyOverModernTest {
  private static final String ALL =
      "{\"tools\":{\"listChanged\":true},\"logging\":{},\"resources\":{\"subscribe\":true},"
          + "\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}";
  private static final String ASK =
      "{\"resultType\":\"input_required\",\"requestState\":\"s\",\"inputRequests\":{\"k\":{"
          + "\"method\":\"elicitation/create\",\"params\":{\"message\":\"?\"}}}}";
  private static final String DONE = "{\"resultType\":\"complete\",\"content\":[]}";

  private LiveEras eras;
  private String session;
  private Line line;

  @BeforeEach
  void start() throws Exception {
    eras = new LiveEras(ScriptedChannels.modern(ALL, true));
    session = eras.begin("good", "2025-06-18", "{\"elicitation\":{}}");
    line = eras.channels.line();
  }

  @AfterEach
  void stop() throws Exception {
    eras.close();
  }

  private RawCaller call() throws Exception {
    return eras.legacy(session, "tools/call", "\"name\":\"read\",\"arguments\":{\"r\":\"eu\"}");
  }

  @Test
  @Requirement("T-44")
  void initializeWithWhatTheBackendSaidWhenItWasDiscovered() throws Exception {
    for (String each : List.of("2025-11-25", "2025-06-18", "2025-03-26", "1900-01-01")) {
      JsonNode result = eras.initialize(each).answer().json().path("result");
      assertThat(result.path("protocolVersion").asString())
          .isEqualTo(each.equals("1900-01-01") ? "2025-11-25" : each);
      assertThat(result.at("/serverInfo/name").asString()).isEqualTo("new");
      assertThat(result.path("instructions").asString()).isEqualTo("Read");
      assertThat(result.at("/capabilities/tasks/requests/tools").has("call")).isTrue();
      assertThat(result.has("resultType")).isFalse();
    }
  }

  /** The gateway is the server of a translated session, and no backend sees the field. */
  @Test
  @Requirement("T-51")
  void nameTheRevisionThatTheyAgreedOnOrAnotherThatIsServed() throws Exception {
    eras.channels.answers.put(
        "tools/list", "\"result\":{\"resultType\":\"complete\",\"tools\":[]}");
    String list = LiveBridge.request(7, "tools/list", "");

    for (String version : List.of("1999-01-01", "2025-06-17", "2024-11-05")) {
      Said said = eras.post("good", session, list, "MCP-Protocol-Version: " + version).answer();
      assertThat(said.status()).as(version).isEqualTo(400);
      assertThat(said.json().path("id").asInt()).isEqualTo(7);
    }
    assertThat(eras.get(session, "MCP-Protocol-Version: 1999-01-01").answer().status())
        .isEqualTo(400);
    for (String version : List.of("2025-06-18", "2025-11-25")) {
      Said said = eras.post("good", session, list, "MCP-Protocol-Version: " + version).answer();
      assertThat(said.status()).as(version).isEqualTo(200);
    }
  }

  @Test
  @Requirement("T-36")
  void sayWithEachRequestWhatTheySaidOnce() throws Exception {
    eras.legacy(session, "logging/setLevel", "\"level\":\"info\"").answer();
    RawCaller caller = call();
    Asked asked = line.next("tools/call");
    assertThat(asked.params().path("_meta").toString())
        .isEqualTo(
            "{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"c\",\"version\":\"1\"},"
                + "\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{}},"
                + "\"io.modelcontextprotocol/logLevel\":\"info\"}");
    asked.answer(DONE);
    assertThat(caller.answer().content())
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"content\":[]}}");
  }

  private Asked round(RawCaller caller, String answer) throws Exception {
    JsonNode question = LiveEras.event(caller);
    assertThat(question.path("method").asString()).isEqualTo("elicitation/create");
    String id = question.get("id").toString();
    eras.post("good", session, "{\"jsonrpc\":\"2.0\",\"id\":" + id + "," + answer + "}").answer();
    return line.next("tools/call");
  }

  @Test
  void areAskedOnTheStreamOfTheirRequest() throws Exception {
    RawCaller caller = call();
    line.next("tools/call").answer(ASK);
    caller.head();

    Asked second = round(caller, "\"result\":{\"action\":\"decline\"}");
    assertThat(second.params().path("requestState").asString()).isEqualTo("s");
    assertThat(second.params().path("inputResponses").toString())
        .isEqualTo("{\"k\":{\"action\":\"decline\"}}");
    second.answer(ASK.replace("\"requestState\":\"s\",", ""));
    Asked third = round(caller, "\"error\":{\"code\":-1,\"message\":\"no\"}");
    assertThat(third.params().has("requestState")).isFalse();
    assertThat(third.params().path("inputResponses").toString())
        .isEqualTo("{\"k\":{\"action\":\"cancel\"}}");
    third.answer(DONE);

    assertThat(LiveEras.event(caller).has("result")).isTrue();
  }

  @Test
  void areNotSentRoundForEver() throws Exception {
    eras.channels.answers.put(
        "tools/call", "\"result\":{\"resultType\":\"input_required\",\"requestState\":\"s\"}");

    assertThat(call().answer().code()).isEqualTo(-32603);
    assertThat(line.methods.stream().filter("tools/call"::equals)).hasSize(32);
  }

  @Test
  @Requirement({"T-37", "T-38"})
  void getErrorsInTheirOwnWords() throws Exception {
    for (List<Integer> each :
        List.of(List.of(-32021, -32600), List.of(-32022, -32603), List.of(-5, -5))) {
      RawCaller caller = call();
      line.next("tools/call").refuse(each.getFirst(), "{}");
      assertThat(caller.answer().code()).isEqualTo(each.getLast());
    }
    RawCaller caller = eras.legacy(session, "resources/read", "\"uri\":\"a:/1\"");
    line.next("resources/read").refuse(-32602, "{\"uri\":\"a:/1\"}");
    assertThat(caller.answer().code()).isEqualTo(-32002);
  }

  private static String schema(String field) {
    return "\"result\":{\"resultType\":\"complete\",\"tools\":[{\"name\":\"read\","
        + "\"inputSchema\":{\"properties\":{\"r\":{\"type\":\"string\",\"x-mcp-header\":\""
        + field
        + "\"}}}}]}";
  }

  @Test
  @Requirement("T-19")
  void haveTheirArgumentsRepeatedInHeaders() throws Exception {
    eras.channels.answers.put("tools/list", schema("Old"));
    RawCaller caller = call();
    Asked first = line.next("tools/call");
    assertThat(first.field("Mcp-Param-Old")).isEqualTo("eu");

    eras.channels.answers.put("tools/list", schema("New"));
    first.refuse(-32020, "{}");
    Asked second = line.next("tools/call");
    assertThat(second.field("Mcp-Param-New")).isEqualTo("eu");
    assertThat(second.field("Mcp-Param-Old")).isNull();
    second.refuse(-32020, "{}");

    assertThat(caller.answer().code()).isEqualTo(-32603);
  }

  private static void acknowledge(Asked asked, String uris) {
    asked.note(
        "notifications/subscriptions/acknowledged",
        "\"notifications\":{\"resourceSubscriptions\":" + uris + "}");
  }

  @Test
  void hearOfResourcesByOneSubscription() throws Exception {
    RawCaller stream = eras.listen(session);
    Asked changes = line.next("subscriptions/listen");
    acknowledge(changes, "[]");
    RawCaller first = eras.legacy(session, "resources/subscribe", "\"uri\":\"a:/1\"");
    Asked one = line.next("subscriptions/listen");
    assertThat(one.params().path("notifications").toString())
        .isEqualTo("{\"toolsListChanged\":true,\"resourceSubscriptions\":[\"a:/1\"]}");
    assertThat(line.abandoned).isEmpty();
    acknowledge(one, "[\"a:/1\"]");
    assertThat(first.answer().json().path("result").isEmpty()).isTrue();
    eventually(() -> line.abandoned.contains(changes.id()));
    one.note(
        "notifications/resources/updated",
        "\"uri\":\"a:/1\",\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":3}");
    assertThat(LiveEras.event(stream).path("params").toString()).isEqualTo("{\"uri\":\"a:/1\"}");

    one.answer("{\"resultType\":\"complete\"}");
    eras.pass(Duration.ofSeconds(6));
    Asked again = line.next("subscriptions/listen");
    acknowledge(again, "[\"a:/1\"]");
    RawCaller refused = eras.legacy(session, "resources/subscribe", "\"uri\":\"a:/2\"");
    acknowledge(line.next("subscriptions/listen"), "[\"a:/1\"]");
    assertThat(refused.answer().code()).isEqualTo(-32602);
  }

  /** A subscription that ends before it has begun to hold is none. */
  @Test
  void areToldWhenASubscriptionDoesNotBegin() throws Exception {
    RawCaller ended = eras.legacy(session, "resources/subscribe", "\"uri\":\"a:/1\"");
    line.next("subscriptions/listen").answer("{\"resultType\":\"complete\"}");
    assertThat(ended.answer().json().has("error")).isTrue();

    RawCaller refused = eras.legacy(session, "resources/subscribe", "\"uri\":\"a:/1\"");
    line.next("subscriptions/listen").refuse(-32022, "{}");
    assertThat(refused.answer().code()).isEqualTo(-32603);

    RawCaller dropped = eras.legacy(session, "resources/subscribe", "\"uri\":\"a:/1\"");
    line.next("subscriptions/listen");
    eras.legacy(session, "resources/unsubscribe", "\"uri\":\"a:/1\"").answer();
    assertThat(dropped.answer().json().has("error")).isTrue();
  }

  @Test
  @Requirement("T-65")
  void waitForTasksThatTheyDidNotAskFor() throws Exception {
    RawCaller caller = call();
    line.next("tools/call")
        .answer("{\"resultType\":\"task\",\"taskId\":\"t1\",\"status\":\"working\"}");
    Asked look = line.next("tasks/get");
    look.answer(
        "{\"resultType\":\"complete\",\"taskId\":\"t1\",\"status\":\"input_required\","
            + "\"inputRequests\":{\"k\":{\"method\":\"elicitation/create\","
            + "\"params\":{\"message\":\"?\"}}}}");
    caller.head();
    JsonNode question = LiveEras.event(caller);
    String id = question.get("id").toString();
    eras.post(
            "good",
            session,
            "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"action\":\"decline\"}}")
        .answer();
    Asked update = line.next("tasks/update");
    assertThat(update.params().path("inputResponses").toString())
        .isEqualTo("{\"k\":{\"action\":\"decline\"}}");
    update.answer("{\"resultType\":\"complete\"}");
    eras.pass(Duration.ofSeconds(2));
    line.next("tasks/get")
        .answer(
            "{\"resultType\":\"complete\",\"taskId\":\"t1\",\"status\":\"completed\","
                + "\"result\":{\"resultType\":\"complete\",\"content\":[]}}");

    JsonNode result = LiveEras.event(caller).path("result");
    assertThat(result.path("content").isArray()).isTrue();
    assertThat(result.has("resultType")).isFalse();
  }

  @Test
  @Requirement("T-65")
  void mayCallEveryToolAsATask() throws Exception {
    eras.channels.answers.put(
        "tools/list", "\"result\":{\"resultType\":\"complete\",\"tools\":[{\"name\":\"read\"}]}");

    Said said = eras.legacy(session, "tools/list", "").answer();

    assertThat(said.json().at("/result/tools/0").toString())
        .isEqualTo("{\"name\":\"read\",\"execution\":{\"taskSupport\":\"optional\"}}");
  }

  @Test
  void keepAnswersAsTasksWhenTheyAskForTasks() throws Exception {
    RawCaller caller = eras.legacy(session, "tools/call", "\"name\":\"read\",\"task\":{}");
    line.next("tools/call").answer(DONE);
    JsonNode task = caller.answer().json().at("/result/task");
    assertThat(task.path("status").asString()).isEqualTo("completed");

    String named = "\"taskId\":" + task.get("taskId");
    Said state = eras.legacy(session, "tasks/get", named).answer();
    assertThat(state.json().at("/result/taskId")).isEqualTo(task.get("taskId"));
    Said result = eras.legacy(session, "tasks/result", named).answer();
    assertThat(result.json().at("/result/content").isArray()).isTrue();
  }
}
