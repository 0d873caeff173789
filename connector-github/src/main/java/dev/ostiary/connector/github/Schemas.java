package dev.ostiary.connector.github;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schemas, read from text. */
final class Schemas {
  private static final JsonMapper JSON = new JsonMapper();

  private Schemas() {}

  static ObjectNode parse(String text) {
    return (ObjectNode) JSON.readTree(text);
  }
}
