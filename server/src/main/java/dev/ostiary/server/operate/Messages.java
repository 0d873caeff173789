package dev.ostiary.server.operate;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lines on the socket: one JSON object each. What is written is ASCII, so that no foreign text
 * does anything to the terminal that shows it.
 */
public final class Messages {
  /** How long a request may be, in bytes. */
  static final int LONGEST = 64 * 1024;

  private static final int DEEPEST = 4;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Messages() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The object of a line, if it is one. */
  static Optional<ObjectNode> read(ByteBuffer line) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(line).toString();
      return MAPPER.readTree(text) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JacksonException | CharacterCodingException malformed) {
      return Optional.empty();
    }
  }

  /** An object as a line, without its end. */
  public static String write(ObjectNode message) {
    return MAPPER.writeValueAsString(message);
  }
}
