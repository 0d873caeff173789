package dev.ostiary.gateway;

import static dev.ostiary.gateway.BehindGateway.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawCaller.Said;
import dev.ostiary.gateway.ScriptedChannels.Asked;
import dev.ostiary.gateway.ScriptedChannels.Line;
import dev.ostiary.gateway.peer.Channel;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.requirements.Requirement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Clients of the modern era before a backend of the legacy era. */
final class ModernOverLegacyTest {
  private static final String ALL =
      "{\"tools\":{\"listChanged\":true},\"logging\":{},\"prompts\":{},"
          + "\"resources\":{\"subscribe\":true}}";
  private static final String ASKABLE = "{\"elicitation\":{},\"sampling\":{}}";
  private static final String TOKEN = ",\"progressToken\":\"p\"";

  private LiveEras eras;

  @BeforeEach
  void start() throws Exception {
    eras = new LiveEras(ScriptedChannels.legacy(ALL));
  }

  @AfterEach
  void stop() throws Exception {
    eras.close();
  }

  private RawCaller call(String params, String capabilities, String meta) throws Exception {
    String all = "\"name\":\"read\"" + params;
    return eras.modern("good", "tools/call", all, capabilities, meta);
  }

  @Test
  @Requirement({"T-26", "T-27", "T-28", "T-29"})
  void discoverWhatTheBackendSaidAtInitialization() throws Exception {
    Said said = eras.modern("server/discover", "").answer();

    JsonNode result = said.json().path("result");
    assertThat(result.path("resultType").asString()).isEqualTo("complete");
    assertThat(result.path("supportedVersions").toString()).isEqualTo("[\"2026-07-28\"]");
    assertThat(result.path("capabilities").toString()).isEqualTo(ALL);
    assertThat(result.path("ttlMs").isIntegralNumber()).isTrue();
    assertThat(result.path("cacheScope").asString()).isEqualTo("private");
    assertThat(result.path("_meta").toString()).contains("serverInfo").contains("\"old\"");
    Line line = eras.channels.line();
    assertThat(line.methods).containsExactly("server/discover", "initialize");
    line.told("notifications/initialized");
  }

  @Test
  @Requirement({"T-14", "T-37"})
  void areRefusedWhatTheBackendDoesNotDeclare() throws Exception {
    eras.close();
    eras = new LiveEras(ScriptedChannels.legacy("{\"tools\":{}}"));

    for (String each :
        List.of(
            "prompts/list",
            "resources/list",
            "resources/templates/list",
            "subscriptions/listen",
            "ping",
            "logging/setLevel",
            "resources/subscribe",
            "resources/unsubscribe",
            "tasks/list")) {
      Said said = eras.modern(each, "").answer();
      assertThat(said.status()).as(each).isEqualTo(404);
      assertThat(said.code()).as(each).isEqualTo(-32601);
    }
    assertThat(eras.channels.line().requests).isEmpty();
  }

  @Test
  @Requirement({"T-26", "T-27", "T-38"})
  void getResultsAndErrorsInTheirOwnWords() throws Exception {
    RawCaller list = eras.modern("prompts/list", "");
    Line line = eras.channels.line();
    line.next("prompts/list").answer("{\"prompts\":[]}");
    JsonNode result = list.answer().json().path("result");
    assertThat(result.path("ttlMs").asInt(-1)).isZero();
    assertThat(result.path("cacheScope").asString()).isEqualTo("private");
    assertThat(result.path("resultType").asString()).isEqualTo("complete");
    assertThat(result.path("_meta").size()).isEqualTo(1);

    RawCaller read = eras.modern("resources/read", "\"uri\":\"a:/1\"");
    Asked asked = line.next("resources/read");
    assertThat(asked.params().toString()).isEqualTo("{\"uri\":\"a:/1\"}");
    asked.refuse(-32002, "{\"uri\":\"a:/1\"}");
    assertThat(read.answer().code()).isEqualTo(-32602);
    for (int code : List.of(-32020, -32021, -32042, -32099)) {
      RawCaller call = call("", "{}", "");
      line.next("tools/call").refuse(code, "{}");
      assertThat(call.answer().code()).as("%d", code).isEqualTo(-32603);
    }
  }

  @Test
  @Requirement({"T-6", "T-8", "T-9"})
  void hearOfTheirOwnProgressOnly() throws Exception {
    RawCaller first = call("", "{}", TOKEN);
    Line line = eras.channels.line();
    Asked one = line.next("tools/call");
    RawCaller second = call("", "{}", TOKEN);
    Asked two = line.next("tools/call");
    assertThat(one.params().at("/_meta/progressToken").asLong()).isEqualTo(one.id());
    assertThat(two.id()).isNotEqualTo(one.id());

    line.say("notifications/progress", "\"progressToken\":" + two.id() + ",\"progress\":2");
    line.say("notifications/progress", "\"progressToken\":" + one.id() + ",\"progress\":1");
    two.answer("{\"content\":[]}");
    one.answer("{\"content\":[]}");

    first.head();
    JsonNode event = LiveEras.event(first);
    assertThat(event.at("/params/progress").asInt()).isEqualTo(1);
    assertThat(event.at("/params/progressToken").asString()).isEqualTo("p");
    assertThat(LiveEras.event(first).path("id").asInt()).isEqualTo(7);
    assertThat(first.chunk()).isEmpty();
    second.head();
    assertThat(LiveEras.event(second).at("/params/progress").asInt()).isEqualTo(2);
  }

  @Test
  @Requirement("T-11")
  void cancelByDisconnecting() throws Exception {
    RawCaller caller = call("", "{}", "");
    Line line = eras.channels.line();
    Asked asked = line.next("tools/call");

    caller.close();

    JsonNode params = line.told("notifications/cancelled").params();
    assertThat(params.path("requestId").asLong()).isEqualTo(asked.id());
    eventually(() -> line.abandoned.contains(asked.id()));
    eventually(() -> eras.gateway.runningCalls() == 0);
  }

  private JsonNode inputRequired(RawCaller caller) throws Exception {
    JsonNode result = caller.answer().json().path("result");
    assertThat(result.path("resultType").asString()).isEqualTo("input_required");
    return result;
  }

  private static String again(JsonNode result, String responses) {
    return ",\"requestState\":" + result.get("requestState") + ",\"inputResponses\":" + responses;
  }

  @Test
  @Requirement({"T-7", "T-33", "T-34", "T-35"})
  void areAskedInResults() throws Exception {
    RawCaller caller = call("", ASKABLE, "");
    Line line = eras.channels.line();
    Asked asked = line.next("tools/call");
    asked.ask("q1", "elicitation/create", "\"message\":\"?\"");
    asked.ask("q2", "sampling/createMessage", "\"maxTokens\":1");
    JsonNode result = inputRequired(caller);
    assertThat(result.path("inputRequests").size()).isEqualTo(2);
    assertThat(result.at("/inputRequests/question-1/method").asString())
        .isEqualTo("elicitation/create");

    String junk = again(result, "{}").replaceFirst("requestState\":\"..", "requestState\":\"xx");
    assertThat(call(junk, ASKABLE, "").answer().code()).isEqualTo(-32602);
    assertThat(call(again(result, "5"), ASKABLE, "").answer().code()).isEqualTo(-32602);
    assertThat(call(again(result, "{\"question-1\":5}"), ASKABLE, "").answer().code())
        .isEqualTo(-32602);
    assertThat(call(again(result, "{}") + ",\"arguments\":{}", ASKABLE, "").answer().code())
        .isEqualTo(-32602);
    String all = "\"name\":\"read\"" + again(result, "{}");
    assertThat(eras.modern("stranger", "tools/call", all, ASKABLE, "").answer().code())
        .isEqualTo(-32602);

    String some = "{\"question-1\":{\"action\":\"decline\"},\"extra\":{}}";
    JsonNode still = inputRequired(call(again(result, some), ASKABLE, ""));
    assertThat(line.response().toString())
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"q1\",\"result\":{\"action\":\"decline\"}}");
    assertThat(still.path("inputRequests").propertyNames()).containsExactly("question-2");
    assertThat(call(again(result, some), ASKABLE, "").answer().code()).isEqualTo(-32602);

    RawCaller last = call(again(still, "{\"question-2\":{\"role\":\"user\"}}"), ASKABLE, "");
    assertThat(line.response().path("id").asString()).isEqualTo("q2");
    asked.answer("{\"content\":[]}");
    assertThat(last.answer().json().at("/result/resultType").asString()).isEqualTo("complete");
    assertThat(line.methods.stream().filter("tools/call"::equals)).hasSize(1);
  }

  @Test
  @Requirement("T-35")
  void haveTenMinutesToAnswer() throws Exception {
    RawCaller caller = call("", ASKABLE, "");
    Line line = eras.channels.line();
    Asked asked = line.next("tools/call");
    asked.ask("q1", "elicitation/create", "\"message\":\"?\"");
    JsonNode result = inputRequired(caller);

    eras.pass(Duration.ofMinutes(10).plusSeconds(1));

    line.told("notifications/cancelled");
    assertThat(line.response().has("error")).isTrue();
    assertThat(call(again(result, "{}"), ASKABLE, "").answer().code()).isEqualTo(-32602);
  }

  @Test
  @Requirement({"T-24", "T-62"})
  void areNotAskedWhatTheyHaveNotDeclared() throws Exception {
    RawCaller caller = call("", "{\"sampling\":{}}", "");
    Line line = eras.channels.line();
    Asked asked = line.next("tools/call");

    asked.ask("q1", "elicitation/create", "\"message\":\"?\"");
    assertThat(line.response().has("error")).isTrue();
    asked.answer("{\"content\":[],\"isError\":true}");

    Said said = caller.answer();
    assertThat(said.status()).isEqualTo(400);
    assertThat(said.code()).isEqualTo(-32021);
    assertThat(said.json().at("/error/data/requiredCapabilities").toString())
        .isEqualTo("{\"elicitation\":{}}");
  }

  @Test
  @Requirement({"T-33", "T-37"})
  void visitUrlsBeforeTheCallIsRepeated() throws Exception {
    String visitor = "{\"elicitation\":{\"url\":{}}}";
    RawCaller caller = call("", visitor, "");
    Line line = eras.channels.line();
    line.next("tools/call")
        .refuse(
            -32042,
            "{\"elicitations\":[{\"mode\":\"url\",\"url\":\"https://a.example/\","
                + "\"elicitationId\":\"e\",\"message\":\"Go\"},5]}");
    JsonNode result = inputRequired(caller);
    assertThat(result.at("/inputRequests/url-1/params/url").asString())
        .isEqualTo("https://a.example/");

    RawCaller again = call(again(result, "{\"url-1\":{\"action\":\"accept\"}}"), visitor, "");
    line.next("tools/call").answer("{\"content\":[]}");

    assertThat(again.answer().json().at("/result/resultType").asString()).isEqualTo("complete");
  }

  @Test
  @Requirement({"T-36", "T-63"})
  void hearTheLogFromTheLevelTheyName() throws Exception {
    eras.channels.answers.put("logging/setLevel", "\"result\":{}");
    String level = ",\"io.modelcontextprotocol/logLevel\":\"warning\"";
    RawCaller silent = call("", "{}", "");
    Line line = eras.channels.line();
    Asked first = line.next("tools/call");
    first.note("notifications/message", "\"level\":\"error\",\"data\":1");
    first.answer("{\"content\":[]}");
    assertThat(silent.answer().field("Content-Type")).isEqualTo("application/json");

    for (int i = 0; i < 2; i++) {
      RawCaller loud = call("", "{}", level);
      Asked asked = line.next("tools/call");
      assertThat(asked.params().has("_meta")).isFalse();
      asked.note("notifications/message", "\"level\":\"info\",\"data\":2");
      line.say("notifications/message", "\"level\":\"error\",\"data\":3");
      asked.answer("{\"content\":[]}");
      loud.head();
      assertThat(LiveEras.event(loud).at("/params/data").asInt()).isEqualTo(3);
      assertThat(LiveEras.event(loud).has("result")).isTrue();
    }
    assertThat(line.methods.stream().filter("logging/setLevel"::equals)).hasSize(1);
    assertThat(call("", "{}", level.replace("warning", "loud")).answer().code()).isEqualTo(-32602);
  }

  @Test
  @Requirement("T-19")
  void repeatArgumentsInHeaders() throws Exception {
    eras.channels.answers.put(
        "tools/list",
        "\"result\":{\"tools\":[{\"name\":\"read\",\"inputSchema\":{\"properties\":{"
            + "\"region\":{\"type\":\"string\",\"x-mcp-header\":\"Region\"}}}}]}");
    String params = "\"name\":\"read\",\"arguments\":{\"region\":\"eu\"}";
    assertThat(eras.modern("tools/call", params).answer().code()).isEqualTo(-32020);
    Said wrong =
        eras.modern("good", "tools/call", params, "{}", "", "Mcp-Param-Region: us").answer();
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.code()).isEqualTo(-32020);

    RawCaller right = eras.modern("good", "tools/call", params, "{}", "", "Mcp-Param-Region: eu");
    eras.channels.line().next("tools/call").answer("{\"content\":[]}");

    assertThat(right.answer().status()).isEqualTo(200);
  }

  @Test
  @Requirement({"T-31", "T-32"})
  void listen() throws Exception {
    String filter =
        "\"notifications\":{\"toolsListChanged\":true,\"promptsListChanged\":true,"
            + "\"resourceSubscriptions\":[\"a:/1\"]}";
    RawCaller caller = eras.modern("subscriptions/listen", filter);
    Line line = eras.channels.line();
    Asked subscribing = line.next("resources/subscribe");
    line.say("notifications/tools/list_changed", "");
    subscribing.answer("{}");

    caller.head();
    JsonNode first = LiveEras.event(caller);
    assertThat(first.path("method").asString())
        .isEqualTo("notifications/subscriptions/acknowledged");
    assertThat(first.at("/params/notifications").toString())
        .isEqualTo("{\"toolsListChanged\":true,\"resourceSubscriptions\":[\"a:/1\"]}");
    JsonNode second = LiveEras.event(caller);
    assertThat(second.path("method").asString()).isEqualTo("notifications/tools/list_changed");
    line.say("notifications/prompts/list_changed", "");
    line.say("notifications/resources/updated", "\"uri\":\"a:/2\"");
    line.say("notifications/message", "\"level\":\"error\",\"data\":1");
    line.say("notifications/resources/updated", "\"uri\":\"a:/1\"");
    JsonNode third = LiveEras.event(caller);
    assertThat(third.at("/params/uri").asString()).isEqualTo("a:/1");
    line.end(false);
    JsonNode last = LiveEras.event(caller);
    assertThat(last.at("/result/resultType").asString()).isEqualTo("complete");
    assertThat(last.at("/result/_meta").toString()).contains("serverInfo");
    for (JsonNode each : List.of(first, second, third)) {
      assertThat(each.at("/params/_meta").toString())
          .isEqualTo("{\"io.modelcontextprotocol/subscriptionId\":7}");
    }
    assertThat(line.listened).isTrue();
    assertThat(caller.chunk()).isEmpty();
  }

  /** Resources are watched as long as one subscription wants that, whatever was refused before. */
  @Test
  void shareWhatIsWatched() throws Exception {
    String filter = "\"notifications\":{\"resourceSubscriptions\":[\"a:/1\"]}";
    RawCaller first = eras.modern("subscriptions/listen", filter);
    Line line = eras.channels.line();
    Asked subscribing = line.next("resources/subscribe");
    RawCaller second = eras.modern("subscriptions/listen", filter);
    second.head();
    LiveEras.event(second);
    subscribing.refuse(-32602, "{}");
    first.head();
    assertThat(LiveEras.event(first).at("/params/notifications").toString()).isEqualTo("{}");
    first.close();
    second.close();
    eventually(() -> eras.gateway.runningCalls() == 0);

    line.next("resources/unsubscribe").answer("{}");
    RawCaller third = eras.modern("subscriptions/listen", filter);
    line.next("resources/subscribe").answer("{}");
    third.head();
    assertThat(LiveEras.event(third).at("/params/notifications").toString()).contains("a:/1");
    RawCaller fourth = eras.modern("subscriptions/listen", filter);
    fourth.head();
    LiveEras.event(fourth);
    third.close();
    eventually(() -> eras.gateway.runningCalls() == 1);
    assertThat(line.requests).isEmpty();
    fourth.close();
    assertThat(line.next("resources/unsubscribe").params().path("uri").asString())
        .isEqualTo("a:/1");
  }

  @Test
  void retryOnceWhenTheSessionWasLostUntouched() throws Exception {
    RawCaller caller = call("", "{}", "");
    Line line = eras.channels.line();
    line.next("tools/call");

    line.end(true);

    eras.channels.line().next("tools/call").answer("{\"content\":[]}");
    assertThat(caller.answer().status()).isEqualTo(200);
  }

  @Test
  void areToldWhenTheBackendIsLost() throws Exception {
    RawCaller caller = call("", "{}", "");
    Line line = eras.channels.line();
    line.next("tools/call");

    line.end(false);

    assertThat(caller.answer().status()).isEqualTo(502);
    RawCaller next = call("", "{}", "");
    eras.channels.line().next("tools/call").answer("{\"content\":[]}");
    assertThat(next.answer().status()).isEqualTo(200);
  }

  @Test
  void waitForAnswersSoLongOnly() throws Exception {
    RawCaller caller = call("", "{}", "");
    Line line = eras.channels.line();
    line.next("tools/call");

    eras.pass(Duration.ofSeconds(31));

    Said said = caller.answer();
    assertThat(said.status()).isEqualTo(504);
    assertThat(said.code()).isEqualTo(-32603);
    line.told("notifications/cancelled");
  }

  @Test
  void shareAConversationForOneGrantAndOneSetOfCapabilities() throws Exception {
    eras.channels.answers.put("prompts/list", "\"result\":{\"prompts\":[]}");
    for (int i = 0; i < 3; i++) {
      eras.modern("prompts/list", "").answer();
    }
    eras.modern("good", "prompts/list", "", ASKABLE, "").answer();
    eras.modern("again", "prompts/list", "", "{}", "").answer();
    assertThat(eras.channels.opened).hasSize(3);
    assertThat(eras.modernFront.size()).isEqualTo(3);

    eras.gateway.ended(FakeVerifier.grant("good"));
    assertThat(eras.modernFront.size()).isEqualTo(1);
    assertThat(eras.channels.line().closed).isTrue();
    assertThat(eras.channels.line().closed).isTrue();
    eras.pass(Duration.ofMinutes(31));
    assertThat(eras.channels.line().closed).isTrue();
    assertThat(eras.modernFront.size()).isZero();
  }

  @Test
  @Requirement("T-65")
  void withoutTheExtensionWaitForTasks() throws Exception {
    eras.close();
    eras =
        new LiveEras(
            ScriptedChannels.legacy(
                "{\"tools\":{},\"tasks\":{\"requests\":{\"tools\":{\"call\":{}}}}}"));
    RawCaller caller = call("", "{}", "");
    Line line = eras.channels.line();
    line.next("tools/call").refuse(-32601, "{}");
    Asked again = line.next("tools/call");
    assertThat(again.params().has("task")).isTrue();
    again.answer("{\"task\":{\"taskId\":\"t1\",\"status\":\"working\"}}");
    line.next("tasks/result")
        .answer(
            "{\"content\":[],\"_meta\":{\"io.modelcontextprotocol/related-task\":"
                + "{\"taskId\":\"t1\"}}}");

    String content = caller.answer().content();
    assertThat(content).contains("\"resultType\":\"complete\"").doesNotContain("t1");
    for (String method : List.of("tasks/get", "tasks/update", "tasks/cancel")) {
      Said undeclared = eras.modern(method, "\"taskId\":\"t1\"").answer();
      assertThat(undeclared.status()).isEqualTo(400);
      assertThat(undeclared.code()).isEqualTo(-32021);
      assertThat(undeclared.json().at("/error/data/requiredCapabilities").toString())
          .isEqualTo("{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}");
    }
    String extension = "{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}";
    assertThat(eras.modern("good", "tasks/get", "\"taskId\":\"t1\"", extension, "").answer().code())
        .isEqualTo(-32602);
    assertThat(RpcJson.object(content.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isPresent();
  }

  /** Many servers say with a failed result, and not with an error, that it has to be a task. */
  @Test
  @Requirement({"T-26", "T-65"})
  void callAsATaskWhatRunsAsATaskOnly() throws Exception {
    eras.close();
    eras =
        new LiveEras(
            ScriptedChannels.legacy(
                "{\"tools\":{},\"tasks\":{\"requests\":{\"tools\":{\"call\":{}}}}}"));
    eras.channels.answers.put(
        "tools/list",
        "\"result\":{\"tools\":[{\"name\":\"read\",\"execution\":{\"taskSupport\":\"required\"}},"
            + "{\"name\":\"other\",\"execution\":{\"taskSupport\":\"optional\"}}]}");
    String extension = "{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}";
    RawCaller caller = call("", extension, "");
    Line line = eras.channels.line();
    Asked asked = line.next("tools/call");
    assertThat(asked.params().path("task").isObject()).isTrue();
    asked.answer("{\"task\":{\"taskId\":\"t1\",\"status\":\"working\"}}");
    JsonNode task = caller.answer().json().path("result");
    assertThat(task.path("resultType").asString()).isEqualTo("task");
    RawCaller look = eras.modern("good", "tasks/get", id(task), extension, "");
    line.next("tasks/get").answer("{\"taskId\":\"t1\",\"status\":\"completed\"}");
    line.next("tasks/result").answer("{\"content\":[]}");
    assertThat(look.answer().json().at("/result/result/resultType").asString())
        .isEqualTo("complete");

    eras.modern("good", "tools/call", "\"name\":\"other\"", extension, "");
    assertThat(line.next("tools/call").params().has("task")).isFalse();
  }

  /** Over stdio nothing says to which request a question belongs; this one names its task. */
  @Test
  @Requirement({"T-34", "T-65"})
  void areAskedForATaskThatTheQuestionNames() throws Exception {
    eras.close();
    eras =
        new LiveEras(
            ScriptedChannels.legacy(
                "{\"tools\":{},\"tasks\":{\"requests\":{\"tools\":{\"call\":{}}}}}"));
    eras.channels.answers.put(
        "tools/list",
        "\"result\":{\"tools\":[{\"name\":\"read\",\"execution\":{\"taskSupport\":\"required\"}}]}");
    String able =
        "{\"elicitation\":{\"form\":{}},\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}";
    RawCaller caller = call("", able, "");
    Line line = eras.channels.line();
    line.next("tools/call").answer("{\"task\":{\"taskId\":\"t1\",\"status\":\"working\"}}");
    JsonNode task = caller.answer().json().path("result");
    RawCaller look = eras.modern("good", "tasks/get", id(task), able, "");
    line.next("tasks/get").answer("{\"taskId\":\"t1\",\"status\":\"input_required\"}");
    look.answer();
    line.next("tasks/result");

    line.say(
        "{\"jsonrpc\":\"2.0\",\"id\":\"q1\",\"method\":\"elicitation/create\",\"params\":{\"message\":"
            + "\"?\",\"_meta\":{\"io.modelcontextprotocol/related-task\":{\"taskId\":\"t1\"}}}}",
        Channel.NONE);

    look = eras.modern("good", "tasks/get", id(task), able, "");
    line.next("tasks/get").answer("{\"taskId\":\"t1\",\"status\":\"input_required\"}");
    JsonNode asked = look.answer().json().path("result");
    assertThat(asked.at("/inputRequests/question-1/method").asString())
        .isEqualTo("elicitation/create");
    eras.modern(
        "good",
        "tasks/update",
        id(task) + ",\"inputResponses\":{\"question-1\":{\"action\":\"decline\"}}",
        able,
        "");
    assertThat(line.response().toString())
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"q1\",\"result\":{\"action\":\"decline\"}}");
  }

  private static String id(JsonNode task) {
    return "\"taskId\":" + task.get("taskId");
  }
}
