package dev.ostiary.mcp.rpc;

import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as a tree that is written again as it was read: numbers keep all their digits, members their
 * order. A member that is there twice, and nesting beyond the limit, cannot be read.
 */
public final class RpcJson {
  private static final int DEPTH = 128;
  private static final int STRING_LENGTH = 64 * 1024 * 1024;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxStringLength(STRING_LENGTH)
                          .maxNumberLength(1_000)
                          .maxNameLength(4_096)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private RpcJson() {}

  /** Empty unless it is one JSON object within the limits. */
  public static Optional<ObjectNode> object(byte[] json) {
    return tree(json).filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast);
  }

  /** Empty unless it is one JSON value within the limits. */
  public static Optional<JsonNode> tree(byte[] json) {
    try {
      return Optional.of(JSON.readTree(json));
    } catch (JacksonException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * The JSON objects of an array, or the only one; empty if it is neither, or beyond the limits.
   */
  static List<ObjectNode> objects(byte[] json) {
    try {
      return switch (JSON.readTree(json)) {
        case ObjectNode object -> List.of(object);
        case ArrayNode array ->
            array.values().stream()
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .toList();
        default -> List.of();
      };
    } catch (JacksonException unreadable) {
      return List.of();
    }
  }

  /** An empty object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Without line feeds. */
  public static byte[] bytes(JsonNode json) {
    return JSON.writeValueAsBytes(json);
  }
}
