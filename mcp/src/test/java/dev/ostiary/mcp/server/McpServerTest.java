package dev.ostiary.mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.mcp.Message;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.mcp.Revision;
import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class McpServerTest {
  private static final String GREET = "\"name\":\"greet\",\"arguments\":{\"times\":2}";

  private final McpServer<String> server = SampleServer.complete();

  @Nested
  class Golden {
    @ParameterizedTest
    @CsvSource({
      "server/discover, V2026_07_28, discover",
      "tools/list, V2026_07_28, tools",
      "tools/list, V2025_11_25, tools",
      "tools/list, V2025_03_26, tools",
      "resources/list, V2026_07_28, resources",
      "resources/templates/list, V2026_07_28, templates",
      "resources/templates/list, V2025_03_26, templates",
      "initialize, V2025_11_25, initialize"
    })
    @Requirement({"T-26", "T-27", "T-28", "T-29"})
    void listsReadLikeThis(String method, Revision revision, String file) throws IOException {
      assertThat(pretty(ask(method, "", revision)))
          .isEqualTo(golden(file + "-" + revision.wire() + ".json"));
    }

    @ParameterizedTest
    @EnumSource
    @Requirement({"T-26", "T-27", "T-61"})
    void callsReadLikeThis(Revision revision) throws IOException {
      assertThat(pretty(ask("tools/call", GREET, revision)))
          .isEqualTo(golden("call-" + revision.wire() + ".json"));
    }

    @ParameterizedTest
    @EnumSource(names = {"V2026_07_28", "V2025_11_25"})
    @Requirement({"T-26", "T-27", "T-29"})
    void readsReadLikeThis(Revision revision) throws IOException {
      assertThat(pretty(ask("resources/read", "\"uri\":\"person://ada\"", revision)))
          .isEqualTo(golden("read-" + revision.wire() + ".json"));
    }

    private String golden(String file) throws IOException {
      try (var in = McpServerTest.class.getResourceAsStream(file)) {
        return new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8).strip();
      }
    }

    private String pretty(JsonNode json) {
      return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }
  }

  @Nested
  class Handshake {
    @ParameterizedTest
    @CsvSource({
      "2025-03-26, 2025-03-26",
      "2025-06-18, 2025-06-18",
      "2025-11-25, 2025-11-25",
      "2024-11-05, 2025-11-25",
      "2026-07-28, 2025-11-25",
      "2099-01-01, 2025-11-25"
    })
    @Requirement("T-44")
    void settlesOnTheRevisionAskedForOrTheLatestLegacyOne(String asked, String settled) {
      JsonNode answer =
          ask("initialize", "\"protocolVersion\":\"" + asked + "\"", Revision.UNNAMED);

      assertThat(answer.at("/result/protocolVersion").stringValue()).isEqualTo(settled);
    }

    @ParameterizedTest
    @EnumSource(names = {"V2025_03_26", "V2025_06_18", "V2025_11_25"})
    void answersAPing(Revision revision) {
      assertThat(ask("ping", "", revision).get("result")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Requirement({"T-5", "T-48"})
    void takesNotificationsAndResponsesWithoutAWord(Revision revision) {
      assertThat(
              server.atOnce(
                  message("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"),
                  revision))
          .contains(new Answer.Accepted());
      assertThat(server.atOnce(message("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"), revision))
          .contains(new Answer.Accepted());
    }
  }

  @Nested
  class Methods {
    @ParameterizedTest
    @CsvSource({
      "initialize, V2026_07_28, 404",
      "ping, V2026_07_28, 404",
      "unknown/method, V2026_07_28, 404",
      "prompts/list, V2026_07_28, 404",
      "subscriptions/listen, V2026_07_28, 404",
      "server/discover, V2025_11_25, 200",
      "prompts/list, V2025_06_18, 200",
      "Tools/List, V2025_03_26, 200"
    })
    @Requirement("T-14")
    void thatAreNotThereAreNotFound(String method, Revision revision, int status) {
      assertError(send(method, "", revision), status, -32601);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools", "resources"})
    @Requirement("T-60")
    void areThereIfAndOnlyIfDiscoveryDeclaresThem(String capability) {
      for (McpServer<String> each :
          List.of(server, SampleServer.withoutTools(), SampleServer.withoutResources())) {
        boolean declared =
            json(send(each, "server/discover", "", Revision.MODERN))
                .at("/result/capabilities")
                .has(capability);
        for (String method : methods(capability)) {
          Answer.Json answer = send(each, method, "", Revision.MODERN);
          int code = json(answer).at("/error/code").asInt(0);
          assertThat(answer.status()).as(method).isEqualTo(declared ? 200 : 404);
          if (declared) {
            assertThat(code).as(method).isNotEqualTo(-32601);
          } else {
            assertThat(code).as(method).isEqualTo(-32601);
          }
        }
      }
    }

    private List<String> methods(String capability) {
      return capability.equals("tools")
          ? List.of("tools/list", "tools/call")
          : List.of("resources/list", "resources/templates/list", "resources/read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools/list", "resources/list", "resources/templates/list"})
    void thatListHaveOnePageOnly(String method) {
      assertError(send(method, "\"cursor\":\"x\"", Revision.MODERN), 200, -32602);
    }

    @Test
    @Requirement({"T-25", "T-59"})
    void listTheSameBeforeAndAfterCalls() {
      byte[] before = send("tools/list", "", Revision.MODERN).bytes();
      send("initialize", "\"protocolVersion\":\"2025-03-26\"", Revision.UNNAMED);
      send("tools/call", GREET, Revision.UNNAMED);

      assertThat(send("tools/list", "", Revision.MODERN).bytes()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"1\"", "\"a\\u0041\"", "12345678901234567890"})
    @Requirement("T-40")
    void answerToTheIdByteForByte(String id) {
      String head = "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",";

      for (String rest :
          List.of("\"method\":\"tools/list\"}", "\"method\":\"nope\"}", call("greet", "{}"))) {
        Answer.Json answer =
            (Answer.Json) server.answer(message(head + rest), Revision.MODERN, "Ada");
        assertThat(new String(answer.bytes(), UTF_8)).startsWith(head);
      }
    }

    private String call(String name, String arguments) {
      return "\"method\":\"tools/call\",\"params\":{\"name\":\""
          + name
          + "\",\"arguments\":"
          + arguments
          + "}}";
    }
  }

  @Nested
  class Tools {
    @Test
    void areGivenTheirCaller() {
      assertThat(ask("tools/call", GREET, Revision.MODERN).at("/result/structuredContent/greeting"))
          .hasToString("\"Grüß Ada! Grüß Ada!\"");
    }

    @Test
    void thatFailAreResults() {
      JsonNode answer =
          ask("tools/call", "\"name\":\"greet\",\"arguments\":{\"times\":4}", Revision.MODERN);

      assertThat(answer.at("/result/isError").booleanValue()).isTrue();
      assertThat(answer.at("/result/content/0/text").stringValue()).isEqualTo("That is too often.");
      assertThat(answer.at("/result/resultType").stringValue()).isEqualTo("complete");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{}",
          "{\"times\":0}",
          "{\"times\":10}",
          "{\"times\":1.5}",
          "{\"times\":\"1\"}",
          "{\"times\":1,\"more\":true}"
        })
    void neverSeeArgumentsThatDoNotConform(String arguments) {
      String params = "\"name\":\"greet\",\"arguments\":" + arguments;

      JsonNode shown = ask("tools/call", params, Revision.MODERN);
      assertThat(shown.at("/result/isError").booleanValue()).isTrue();
      assertThat(shown.at("/result/content/0/text").stringValue())
          .startsWith("Invalid arguments: ");
      assertError(send("tools/call", params, Revision.V2025_06_18), 200, -32602);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"name\":\"unknown\"",
          "\"name\":5",
          "\"arguments\":{}",
          "\"name\":\"greet\",\"arguments\":[]",
          "\"name\":\"greet\",\"arguments\":null",
          "\"name\":\"greet\",\"arguments\":{\"times\":1,\"times\":2}"
        })
    void refuseMalformedCalls(String params) {
      assertError(send("tools/call", params, Revision.MODERN), 200, -32602);
    }

    @Test
    @Requirement("T-61")
    void neverReturnWhatTheirOutputSchemaForbids() {
      assertThatThrownBy(() -> send("tools/call", "\"name\":\"broken\"", Revision.MODERN))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("broken");
    }

    @Test
    void mayAskForANewSignIn() {
      WellFormed call = message("tools/call", GREET);

      assertThat(server.answer(call, Revision.MODERN, "gone")).isEqualTo(new Answer.SignInAgain());
    }

    @Test
    void haveNamesOfTheirOwn() {
      List<Tool<String>> twins = List.of(new SampleServer.Greet(), new SampleServer.Greet());

      assertThatThrownBy(() -> new McpServer<>(SampleServer.ABOUT, twins, List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("two tools named greet");
    }

    @Test
    void haveNoArgumentsInHeaders() {
      String schema =
          "{\"type\":\"object\",\"properties\":{\"owner\":{\"type\":\"string\",\"x-mcp-header\":\"Owner\"}}}";
      List<Tool<String>> tools = List.of(SampleServer.withInput(schema));

      assertThatThrownBy(() -> new McpServer<>(SampleServer.ABOUT, tools, List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("x-mcp-header");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"$schema\":\"https://example.com/dialect\",\"type\":\"object\"}",
          "{\"$ref\":\"https://example.com/schema.json\"}",
          "{\"$ref\":\"http://127.0.0.1:1/schema.json\"}"
        })
    @Requirement({"T-42", "T-43"})
    void failRatherThanFetchASchemaOrGuessADialect(String schema) {
      var server =
          new McpServer<>(SampleServer.ABOUT, List.of(SampleServer.withInput(schema)), List.of());

      assertThatThrownBy(() -> send(server, "tools/call", "\"name\":\"any\"", Revision.MODERN))
          .isInstanceOf(RuntimeException.class)
          .hasStackTraceContaining("com.networknt.schema");
    }

    @Test
    void areNotCalledAtOnce() {
      assertThat(server.atOnce(message("tools/call", GREET), Revision.MODERN)).isEmpty();
    }
  }

  @Nested
  class Resources {
    @Test
    @Requirement({"T-37", "T-38"})
    void thatAreNotThereAreNotFoundInTheWordsOfTheRevision() {
      String params = "\"uri\":\"person://nobody\"";

      JsonNode modern = assertError(send("resources/read", params, Revision.MODERN), 200, -32602);
      assertThat(modern.at("/error/data/uri").stringValue()).isEqualTo("person://nobody");
      assertError(send("resources/read", params, Revision.V2025_11_25), 200, -32002);
    }

    @Test
    void thatCannotBeReadSayWhy() {
      JsonNode answer =
          assertError(
              send("resources/read", "\"uri\":\"person://away\"", Revision.MODERN), 200, -32603);

      assertThat(answer.at("/error/message").stringValue()).isEqualTo("Nobody answers.");
    }

    @Test
    void mayAskForANewSignIn() {
      assertThat(
              server.answer(
                  message("resources/read", "\"uri\":\"person://self\""), Revision.MODERN, "Ada"))
          .isEqualTo(new Answer.SignInAgain());
    }

    @Test
    void needAUri() {
      assertError(send("resources/read", "\"uri\":5", Revision.MODERN), 200, -32602);
    }
  }

  @Nested
  @Requirement("T-53")
  class OfABatch {
    @Test
    void answersEachRequestInTurn() {
      Answer answer =
          batch(
              "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"},"
                  + "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"},"
                  + "{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"method\":\"initialize\"},"
                  + "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{"
                  + GREET
                  + "}}]");

      JsonNode responses = json((Answer.Json) answer);
      assertThat(responses).hasSize(3);
      assertThat(responses.at("/0/result")).isEmpty();
      assertThat(responses.at("/1/error/code").intValue()).isEqualTo(-32600);
      assertThat(responses.at("/1/id").stringValue()).isEqualTo("b");
      assertThat(responses.at("/2/result/isError").booleanValue()).isFalse();
    }

    @Test
    void saysNothingToNotificationsAlone() {
      assertThat(batch("[{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}]"))
          .isEqualTo(new Answer.Accepted());
    }

    @Test
    void asksForANewSignInAsAWhole() {
      WellFormed message =
          message(
              "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"},"
                  + "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{"
                  + GREET
                  + "}}]");

      assertThat(server.answer(message, Revision.V2025_03_26, "gone"))
          .isEqualTo(new Answer.SignInAgain());
    }

    private Answer batch(String json) {
      return server.answer(message(json), Revision.V2025_03_26, "Ada");
    }
  }

  private JsonNode ask(String method, String params, Revision revision) {
    return json(send(method, params, revision));
  }

  private Answer.Json send(String method, String params, Revision revision) {
    return send(server, method, params, revision);
  }

  private static Answer.Json send(
      McpServer<String> server, String method, String params, Revision revision) {
    return (Answer.Json) server.answer(message(method, params), revision, "Ada");
  }

  private static WellFormed message(String method, String params) {
    return message(
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":{" + params + "}}");
  }

  private static WellFormed message(String json) {
    return (WellFormed) Message.scan(json.getBytes(UTF_8));
  }

  private static JsonNode assertError(Answer.Json answer, int status, int code) {
    JsonNode json = json(answer);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(json.at("/error/code").intValue()).isEqualTo(code);
    assertThat(json.get("id").intValue()).isEqualTo(7);
    return json;
  }

  private static JsonNode json(Answer.Json answer) {
    return JsonMapper.shared().readTree(answer.bytes());
  }
}
