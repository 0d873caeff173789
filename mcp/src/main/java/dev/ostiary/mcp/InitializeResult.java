package dev.ostiary.mcp;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What a server answers to {@code initialize}, as far as a session depends on it. */
public final class InitializeResult {
  private static final JsonFactory JSON = JsonLimits.streaming();

  private InitializeResult() {}

  /** By whose rules client and server go on; empty if this is no such answer. */
  public static Optional<Revision> revision(byte[] response) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), response)) {
      return enter(parser, "result") && enter(parser, "protocolVersion")
          ? text(parser).flatMap(Revision::ruling)
          : Optional.empty();
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  /** Moves to the value of a member of the object that begins here. */
  private static boolean enter(JsonParser parser, String member) {
    if (parser.currentToken() == null) {
      parser.nextToken();
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      if (name.equals(member)) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  private static Optional<String> text(JsonParser parser) {
    return parser.currentToken() == JsonToken.VALUE_STRING
        ? Optional.of(parser.getString())
        : Optional.empty();
  }
}
