package dev.ostiary.simulator.http;

import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON in and out. */
public final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  public static JsonNode tree(Map<String, Object> fields) {
    return MAPPER.valueToTree(fields);
  }

  public static byte[] write(JsonNode node) {
    return MAPPER.writeValueAsBytes(node);
  }

  public static Optional<JsonNode> read(byte[] json) {
    try {
      return Optional.ofNullable(MAPPER.readTree(json)).filter(JsonNode::isObject);
    } catch (JacksonException malformed) {
      return Optional.empty();
    }
  }
}
