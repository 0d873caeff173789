package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawCaller.Said;
import dev.ostiary.gateway.ScriptedChannels.Asked;
import dev.ostiary.gateway.ScriptedChannels.Line;
import dev.ostiary.requirements.Requirement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients of bridged conversations get answers in a form that they take, by {@code Accept}, and no
 * 406 but for a stream that they cannot take.
 */
final class BridgedFormTest {
  private static final String PROGRESS = "notifications/progress";

  private LiveEras eras;

  @BeforeEach
  void start() throws Exception {
    eras = new LiveEras(ScriptedChannels.legacy("{\"tools\":{\"listChanged\":true}}"));
  }

  @AfterEach
  void stop() throws Exception {
    eras.close();
  }

  private static String[] accepting(@Nullable String accept, String... more) {
    List<String> fields = new ArrayList<>(Arrays.asList(more));
    if (accept != null) {
      fields.add("Accept: " + accept);
    }
    return fields.toArray(String[]::new);
  }

  private static void progress(Line line, Asked asked) {
    line.say(PROGRESS, "\"progressToken\":" + asked.id() + ",\"progress\":1");
  }

  @Nested
  class Modern {
    private RawCaller call(@Nullable String accept) throws Exception {
      return eras.modern(
          "good",
          "tools/call",
          "\"name\":\"a\"",
          "{}",
          ",\"progressToken\":\"p\"",
          accepting(accept));
    }

    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        value = {
          "-, application/json",
          "'', application/json",
          "*/*, application/json",
          "text/html, application/json",
          "'application/json, text/event-stream', application/json",
          "application/json, application/json",
          "application/*, application/json",
          "text/event-stream, text/event-stream"
        })
    @Requirement("T-6")
    void getTheAnswer(@Nullable String accept, String form) throws Exception {
      eras.channels.answers.put("tools/call", "\"result\":{\"content\":[]}");

      Said said = call(accept).answer();

      assertThat(said.status()).isEqualTo(200);
      assertThat(said.field("Content-Type")).isEqualTo(form);
      assertThat(message(said).at("/result/resultType").asString()).isEqualTo("complete");
    }

    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        value = {
          "-, true",
          "*/*, true",
          "'application/json, text/event-stream', true",
          "text/event-stream, true",
          "application/json, false"
        })
    @Requirement("T-6")
    void getWhatComesBeforeTheAnswerIfTheyTakeStreams(@Nullable String accept, boolean streams)
        throws Exception {
      RawCaller caller = call(accept);
      Line line = eras.channels.line();
      Asked asked = line.next("tools/call");
      progress(line, asked);
      asked.answer("{\"content\":[]}");

      Said said = caller.answer();

      assertThat(said.status()).isEqualTo(200);
      assertThat(said.field("Content-Type"))
          .isEqualTo(streams ? "text/event-stream" : "application/json");
      assertThat(said.content().contains(PROGRESS)).isEqualTo(streams);
      assertThat(said.content()).contains("resultType");
    }

    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        value = {
          "-, 200",
          "*/*, 200",
          "text/*, 200",
          "text/event-stream, 200",
          "'application/json, text/event-stream', 200",
          "application/json, 406",
          "'*/*, text/event-stream;q=0', 406"
        })
    void listenIfTheyTakeStreams(@Nullable String accept, int status) throws Exception {
      RawCaller caller =
          eras.modern(
              "good",
              "subscriptions/listen",
              "\"notifications\":{\"toolsListChanged\":true}",
              "{}",
              "",
              accepting(accept));

      Said head = caller.head();

      assertThat(head.status()).isEqualTo(status);
      assertThat(head.field("Content-Type"))
          .isEqualTo(status == 200 ? "text/event-stream" : "application/json");
      assertThat(eras.gateway.runningCalls()).isEqualTo(status == 200 ? 1 : 0);
    }

    @Test
    void areToldWhyTheyCannotListen() throws Exception {
      Said said =
          eras.modern("good", "subscriptions/listen", "", "{}", "", accepting("application/json"))
              .answer();

      assertThat(said.code()).isEqualTo(-32600);
      assertThat(said.message()).contains("text/event-stream");
      assertThat(said.json().path("id").asInt()).isEqualTo(7);
    }
  }

  @Nested
  class Legacy {
    private RawCaller call(@Nullable String accept) throws Exception {
      String session = eras.begin("good", "2025-11-25", "{}");
      String params = "\"name\":\"a\",\"_meta\":{\"progressToken\":\"p\"}";
      return eras.post(
          "good", session, LiveBridge.request(7, "tools/call", params), accepting(accept));
    }

    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        value = {
          "-, application/json",
          "*/*, application/json",
          "'application/json, text/event-stream', application/json",
          "application/json, application/json",
          "text/event-stream, text/event-stream"
        })
    void getTheAnswer(@Nullable String accept, String form) throws Exception {
      RawCaller caller = call(accept);
      eras.channels.line().next("tools/call").answer("{\"content\":[]}");

      Said said = caller.answer();

      assertThat(said.status()).isEqualTo(200);
      assertThat(said.field("Content-Type")).isEqualTo(form);
      assertThat(message(said).at("/result/content").isArray()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        value = {"-, true", "*/*, true", "text/event-stream, true", "application/json, false"})
    void getWhatComesBeforeTheAnswerIfTheyTakeStreams(@Nullable String accept, boolean streams)
        throws Exception {
      RawCaller caller = call(accept);
      Line line = eras.channels.line();
      Asked asked = line.next("tools/call");
      progress(line, asked);
      asked.answer("{\"content\":[]}");

      Said said = caller.answer();

      assertThat(said.status()).isEqualTo(200);
      assertThat(said.content().contains(PROGRESS)).isEqualTo(streams);
      assertThat(said.content()).contains("\"content\":[]");
    }

    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        value = {"-", "*/*", "text/*", "text/event-stream"})
    void getAStream(@Nullable String accept) throws Exception {
      String session = eras.begin("good", "2025-11-25", "{}");
      RawCaller caller = eras.get(session, accepting(accept));

      Said head = caller.head();

      assertThat(head.status()).isEqualTo(200);
      assertThat(head.field("Content-Type")).isEqualTo("text/event-stream");
    }

    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        value = {"-", "*/*", "application/json", "text/event-stream"})
    void begin(@Nullable String accept) throws Exception {
      String params =
          "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"c\","
              + "\"version\":\"1\"}";

      Said said = eras.raw(LiveBridge.request(1, "initialize", params), accepting(accept)).answer();

      assertThat(said.status()).isEqualTo(200);
      assertThat(said.field("Mcp-Session-Id")).isNotEmpty();
      assertThat(message(said).at("/result/protocolVersion").asString()).isEqualTo("2025-11-25");
    }
  }

  /** The one message of an answer, in either form. */
  private static JsonNode message(Said said) {
    String content = said.content();
    int data = content.indexOf("data: ");
    return JsonMapper.shared()
        .readTree(data < 0 ? content : content.substring(data + "data: ".length()).strip());
  }
}
