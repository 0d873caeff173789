package dev.ostiary.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Any bytes as the content of a POST, beside a reader that builds a tree. */
final class MessageFuzzTest {
  private static final JsonMapper STRICT = JsonLimits.trees();

  @MethodSource("seeds")
  @FuzzTest
  void meansWhatATreeWouldMean(byte @NotNull [] content) {
    Message message = Message.scan(content);
    switch (message) {
      case Message.Envelope envelope -> {
        assertThat(new String(envelope.source().toBytes(), UTF_8)).isEqualTo(text(content));
        same(envelope, tree(content));
      }
      case Message.Batch(var messages, var source) -> {
        assertThat(new String(source.toBytes(), UTF_8).strip()).isEqualTo(text(content));
        JsonNode tree = tree(content);
        assertThat(messages).hasSize(tree.size()).hasSizeBetween(1, Message.BATCH_LIMIT);
        for (int i = 0; i < messages.size(); i++) {
          same(messages.get(i), tree.get(i));
        }
      }
      case Message.Malformed malformed -> {
        check(malformed);
        assertThat(isContent(content)).isFalse();
      }
    }
  }

  /** A message, or a batch all of whose parts are one. */
  private static boolean isContent(byte[] content) {
    if (content.length == 0 || content[0] <= 0) {
      return false;
    }
    try {
      JsonNode tree = STRICT.readTree(content);
      return tree.isArray()
          ? !tree.isEmpty()
              && tree.size() <= Message.BATCH_LIMIT
              && tree.valueStream().allMatch(MessageFuzzTest::isMessage)
          : isMessage(tree);
    } catch (JacksonException noJson) {
      return false;
    }
  }

  /** All of it but the white space around it (RFC 8259 §2). */
  private static String text(byte[] content) {
    return new String(content, UTF_8).replaceAll("^[ \\t\\r\\n]+|[ \\t\\r\\n]+$", "");
  }

  private static void same(Message.Envelope envelope, JsonNode tree) {
    assertThat(tree.path("jsonrpc").asString("")).isEqualTo("2.0");
    assertThat(envelope.method()).isEqualTo(tree.path("method").asString(""));
    same(envelope.id(), tree.get("id"));
    JsonNode params = tree.path("params");
    Params read = envelope.params();
    if (envelope.kind() != Message.Kind.RESPONSE) {
      same(read.arguments(), params.get("arguments"));
      assertThat(String.valueOf(read.name())).isEqualTo(text(params.path("name")));
      assertThat(String.valueOf(read.uri())).isEqualTo(text(params.path("uri")));
    }
  }

  private static void same(@Nullable RawJson raw, @Nullable JsonNode node) {
    assertThat(raw == null).isEqualTo(node == null);
    if (raw != null) {
      assertThat(JsonMapper.shared().readTree(raw.toBytes())).isEqualTo(node);
    }
  }

  private static String text(JsonNode node) {
    return node.isString() ? node.stringValue() : "null";
  }

  /** The error can be sent: it is JSON, in one of two codes, and says nothing of the content. */
  private static void check(Message.Malformed malformed) {
    JsonNode error = JsonMapper.shared().readTree(malformed.error().toJson(malformed.id()));
    assertThat(error.path("error").path("code").asInt()).isIn(-32700, -32600);
    assertThat(error.path("error").path("message").asString()).matches("[ -~]+");
  }

  /**
   * A well-formed JSON-RPC message, member by member (JSON-RPC 2.0 §4, without ids of null), and
   * nothing like it in other letters.
   */
  private static boolean isMessage(JsonNode tree) {
    JsonNode id = tree.path("id");
    JsonNode params = tree.path("params");
    String method = tree.path("method").asString("");
    return tree.isObject()
        && tree.path("jsonrpc").equals(STRICT.valueToTree("2.0"))
        && tree.path("method").isString()
        && method.matches("[!-~]+")
        && (id.isMissingNode() || !method.startsWith("notifications/"))
        && !tree.has("result")
        && !tree.has("error")
        && (id.isMissingNode() || id.isString() || id.isIntegralNumber())
        && (params.isMissingNode() || params.isObject())
        && !has(tree, "jsonrpc", "id", "method", "params", "result", "error")
        && !has(params, "name", "uri", "arguments", "ref", "notifications", "_meta");
  }

  /** A member that is one of these but for its case. */
  private static boolean has(JsonNode object, String... names) {
    return object.propertyNames().stream()
        .anyMatch(
            member ->
                Stream.of(names)
                    .anyMatch(name -> !name.equals(member) && name.equalsIgnoreCase(member)));
  }

  private static JsonNode tree(byte[] content) {
    return JsonMapper.shared().readTree(content);
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
            "",
            "{}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":\"a\\u00e9\",\"method\":\"tools/call\",\"params\":{"
                + "\"name\":\"n\",\"arguments\":{\"a\":[1,\"}\"]},\"_meta\":{"
                + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":-0,\"result\":{}}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"a\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"a\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\",\"params\":[]}",
            "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\"},5]",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"notifications/x\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\"}",
            " [ {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\"} ]\n",
            "[]",
            "{\"jsonrpc\":\"2.0\",\"method\":\"a\"} {}",
            "\ufeff{}")
        .map(text -> text.getBytes(UTF_8));
  }
}
