package dev.ostiary.mcp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ostiary.mcp.Message.Batch;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.Kind;
import dev.ostiary.mcp.Message.Malformed;
import dev.ostiary.requirements.Requirement;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
  @Nested
  class Reading {
    @Test
    void findsWhatDecides() {
      Envelope call =
          envelope(
              """
              {"params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",
                "io.modelcontextprotocol/clientCapabilities":{"a":[{}]},"progressToken":1},
                "arguments": {"name":"inner","uri":["x"]} , "name":"get_issue","other":{"name":"no"}},
               "method":"tools/call","id":7,"jsonrpc":"2.0"}
              """);

      assertThat(call.kind()).isEqualTo(Kind.REQUEST);
      assertThat(call.method()).isEqualTo("tools/call");
      assertThat(call.id()).hasToString("7");
      assertThat(call.params().name()).isEqualTo("get_issue");
      assertThat(call.params().uri()).isNull();
      assertThat(call.params().arguments()).hasToString("{\"name\":\"inner\",\"uri\":[\"x\"]}");
      assertThat(call.params().meta()).isEqualTo(new Params.Meta("2026-07-28", true));
    }

    /** The library takes them for names that it has read before: it fills those up with ones. */
    @Test
    @Requirement("T-41")
    void takesNoBytesForUtf8ThatAreNot() {
      String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
      assertThat(Message.scan(call.getBytes(ISO_8859_1))).isInstanceOf(Envelope.class);

      for (String name : List.of("meth\u00ff\u00ffod", "\u00ff\u00ffid")) {
        String odd = call.replace(name.replace("\u00ff", ""), name);
        assertThat(Message.scan(odd.getBytes(ISO_8859_1))).isInstanceOf(Malformed.class);
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "1",
          "-1",
          "0",
          "9007199254740993",
          "123456789012345678901234567890",
          "\"1\"",
          "\"\"",
          "\"a\\u0041\\n\\\"ü\""
        })
    @Requirement("T-40")
    void keepsAnIdByteForByte(String id) {
      assertThat(envelope("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}").id())
          .hasToString(id);
      assertThat(envelope("{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"id\": " + id + " }").id())
          .hasToString(id);
    }

    @Test
    @Requirement("T-41")
    void readsNonAsciiText() {
      Envelope read =
          envelope(
              "{\"jsonrpc\":\"2.0\",\"id\":\"日\",\"method\":\"m\",\"params\":{\"uri\":\"日本🙂\"}}");

      assertThat(read.params().uri()).isEqualTo("日本🙂");
      assertThat(read.id()).hasToString("\"日\"");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"} | REQUEST",
          "{\"jsonrpc\":\"2.0\",\"method\":\"m\"} | NOTIFICATION",
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}} | RESPONSE",
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"message\":\"\"}} | RESPONSE"
        })
    void tellsTheKindsApart(String json, Kind kind) {
      assertThat(envelope(json).kind()).isEqualTo(kind);
    }

    @Test
    void ignoresMembersThatDecideNothing() {
      assertThat(
              envelope(
                      "{\"jsonrpc\":\"2.0\",\"x\":[{}],\"x\":1,\"method\":\"m\",\"params\":{\"y\":[],\"y\":2}}")
                  .method())
          .isEqualTo("m");
    }

    @Test
    void takesAValueOfAnotherTypeForAbsent() {
      Params params =
          envelope(
                  "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":"
                      + "{\"name\":5,\"uri\":{},\"arguments\":[1],\"_meta\":[]}}")
              .params();

      assertThat(params.name()).isNull();
      assertThat(params.uri()).isNull();
      assertThat(params.meta()).isNull();
      assertThat(params.hasArgumentsOfAnObject()).isFalse();
    }
  }

  @Nested
  class Refusing {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          " ",
          "{",
          "nope",
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"",
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"} {}",
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",}",
          "{'jsonrpc':'2.0'}",
          "{\"jsonrpc\":\"2.0\",\"id\":NaN,\"method\":\"m\"}",
          "[{\"jsonrpc\":\"2.0\",\"method\":\"m\"}",
          "\uFEFF{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}"
        })
    void whatIsNotJson(String body) {
      assertThat(malformed(body.getBytes(UTF_8)).error().code()).isEqualTo(-32700);
    }

    @Test
    @Requirement("T-41")
    void otherEncodings() {
      assertThat(
              malformed("{\"jsonrpc\":\"2.0\",\"method\":\"m\"}".getBytes(UTF_16LE)).error().code())
          .isEqualTo(-32700);
      byte[] broken = "{\"jsonrpc\":\"2.0\",\"method\":\"m?\"}".getBytes(UTF_8);
      broken[broken.length - 3] = (byte) 0xff;
      assertThat(malformed(broken).error().code()).isEqualTo(-32700);
    }

    @Test
    void whatIsNestedTooDeepOrTooLong() {
      String deep = "[".repeat(JsonLimits.DEPTH + 1) + "]".repeat(JsonLimits.DEPTH + 1);
      String number = "1".repeat(101);

      assertThat(malformed(request("\"x\":" + deep)).error().code()).isEqualTo(-32700);
      assertThat(malformed(request("\"x\":" + number)).error().code()).isEqualTo(-32700);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "1",
          "\"text\"",
          "null",
          "[]",
          "{}",
          "{\"jsonrpc\":\"2.0\"}",
          "{\"jsonrpc\":\"1.0\",\"method\":\"m\"}",
          "{\"jsonrpc\":2.0,\"method\":\"m\"}",
          "{\"method\":\"m\"}",
          "{\"jsonrpc\":\"2.0\",\"method\":5}",
          "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":[]}",
          "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":null}",
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"result\":{}}",
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{},\"result\":{}}"
        })
    void whatIsNoMessage(String body) {
      assertThat(malformed(body.getBytes(UTF_8)).error().code()).isEqualTo(-32600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1.0", "1e3", "true", "{}", "[1]"})
    @Requirement("T-40")
    void anIdThatIsNeitherAStringNorAnInteger(String id) {
      Malformed refused =
          malformed(("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"m\"}").getBytes(UTF_8));

      assertThat(refused.error().code()).isEqualTo(-32600);
      assertThat(refused.id()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"method\":\"other\"",
          "\"id\":2",
          "\"jsonrpc\":\"2.0\"",
          "\"params\":{\"name\":\"a\",\"name\":\"b\"}",
          "\"params\":{\"uri\":\"a\",\"uri\":\"a\"}",
          "\"params\":{\"arguments\":{},\"arguments\":{}}",
          "\"params\":{\"_meta\":{},\"_meta\":{}}",
          "\"params\":{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"a\","
              + "\"io.modelcontextprotocol/protocolVersion\":\"b\"}}",
          "\"params\":{},\"params\":{}"
        })
    void aDecidingMemberThatIsThereTwice(String members) {
      Malformed refused = malformed(request(members));

      assertThat(refused.error().code()).isEqualTo(-32600);
      assertThat(refused.error()).asString().endsWith("is there twice");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"Method\":\"other\"",
          "\"PARAMS\":{}",
          "\"param\u017f\":{}",
          "\"params\":{\"name\":\"a\",\"Name\":\"b\"}",
          "\"params\":{\"URI\":\"a\"}",
          "\"params\":{\"argumentS\":{}}"
        })
    void aMemberThatSomeReadersTakeForADecidingOne(String members) {
      Malformed refused = malformed(request(members));

      assertThat(refused.error().code()).isEqualTo(-32600);
      assertThat(refused.error()).asString().endsWith("only in case");
    }

    @Test
    void butAnswersToTheIdIfItCanBeRead() {
      Malformed refused =
          malformed("{\"jsonrpc\":\"1.0\",\"method\":5,\"id\":\"a\"}".getBytes(UTF_8));

      assertThat(new String(refused.error().toJson(refused.id()), UTF_8))
          .isEqualTo(
              "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"error\":{\"code\":-32600,"
                  + "\"message\":\"Invalid request: jsonrpc is not \\\"2.0\\\"\"}}");
    }
  }

  @Nested
  class OfBatches {
    private static final String A = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\"}";

    @Test
    void readsEachMessageOnItsOwn() {
      Message message =
          Message.scan(("[" + A + ", {\"jsonrpc\":\"2.0\",\"method\":\"b\"}]").getBytes(UTF_8));

      assertThat(message).isInstanceOf(Batch.class);
      assertThat(((Batch) message).messages())
          .extracting(Envelope::method, each -> each.source().toString())
          .containsExactly(tuple("a", A), tuple("b", "{\"jsonrpc\":\"2.0\",\"method\":\"b\"}"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "5",
          "[]",
          "{}",
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\",\"params\":{\"name\":1,\"name\":2}}"
        })
    void areMalformedIfOneOfTheirMessagesIs(String flawed) {
      assertThat(malformed(("[" + A + "," + flawed + "]").getBytes(UTF_8)).error().code())
          .isEqualTo(-32600);
      assertThat(malformed(("[" + flawed + "," + A + "]").getBytes(UTF_8)).id()).isNull();
    }

    @Test
    void refusesMoreThanTheLimit() {
      String most = (A + ",").repeat(Message.BATCH_LIMIT - 1) + A;

      assertThat(Message.scan(("[" + most + "]").getBytes(UTF_8))).isInstanceOf(Batch.class);
      assertThat(malformed(("[" + most + ",[{}],1]").getBytes(UTF_8)).error().code())
          .isEqualTo(-32600);
    }
  }

  private static byte[] request(String members) {
    return ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"," + members + "}").getBytes(UTF_8);
  }

  private static Envelope envelope(String json) {
    return (Envelope) Message.scan(json.getBytes(UTF_8));
  }

  private static Malformed malformed(byte[] body) {
    return (Malformed) Objects.requireNonNull(Message.scan(body));
  }
}
