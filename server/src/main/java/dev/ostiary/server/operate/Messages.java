package dev.ostiary.server.operate;

import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON in ASCII, so that no foreign text does anything to the terminal that shows it. */
public final class Messages {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build())
          .build();

  private Messages() {}

  /** An object as a line, without its end. */
  public static String write(ObjectNode message) {
    return MAPPER.writeValueAsString(message);
  }
}
