package dev.ostiary.mcp;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Tells a response from the other messages that a server sends. */
public final class ResponseScan {
  private static final JsonFactory JSON = JsonLimits.streaming();

  private ResponseScan() {}

  /** Whether it is an object with a result or an error. */
  public static boolean isResponse(byte[] json) {
    if (!Utf8.isJson(json)) {
      return false;
    }
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        if (name.equals("result") || name.equals("error")) {
          return true;
        }
        parser.nextToken();
        parser.skipChildren();
      }
      return false;
    } catch (JacksonException broken) {
      return false;
    }
  }
}
