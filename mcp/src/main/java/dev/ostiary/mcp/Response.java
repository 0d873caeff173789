package dev.ostiary.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a server says in answer to a request (JSON-RPC 2.0 §5).
 *
 * @param id of the request, without quotes; null if it names none
 * @param error null if there is a result
 */
public record Response(@Nullable String id, @Nullable Failure error) {
  private static final JsonFactory JSON = JsonLimits.streaming();

  /** An error; what is missing in it is 0 or empty. */
  public record Failure(int code, String message) {}

  /** Reads a whole JSON text; empty unless it is an object with a result or an error. */
  public static Optional<Response> read(byte[] json) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      Optional<Response> response =
          parser.nextToken() == JsonToken.START_OBJECT ? read(parser) : Optional.empty();
      return parser.nextToken() == null ? response : Optional.empty();
    } catch (JacksonException noJson) {
      return Optional.empty();
    }
  }

  /** Whether it is JSON at all, one text of it. */
  public static boolean isJson(byte[] json) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JacksonException noJson) {
      return false;
    }
  }

  private static Optional<Response> read(JsonParser parser) {
    String id = null;
    Failure error = null;
    boolean result = false;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      switch (name) {
        case "id" ->
            id = token.isScalarValue() && token != JsonToken.VALUE_NULL ? parser.getString() : null;
        case "result" -> result = true;
        case "error" ->
            error = token == JsonToken.START_OBJECT ? failure(parser) : new Failure(0, "");
        default -> {}
      }
      parser.skipChildren();
    }
    return result || error != null ? Optional.of(new Response(id, error)) : Optional.empty();
  }

  private static Failure failure(JsonParser parser) {
    int code = 0;
    String message = "";
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      if (name.equals("code") && token == JsonToken.VALUE_NUMBER_INT) {
        code = parser.getValueAsInt();
      } else if (name.equals("message") && token == JsonToken.VALUE_STRING) {
        message = parser.getString();
      }
      parser.skipChildren();
    }
    return new Failure(code, message);
  }

  /** Whether it answers this request. Some servers make a text of a number. */
  public boolean answers(@Nullable RawJson request) {
    if (request == null || id == null) {
      return false;
    }
    String sent = request.toString();
    return sent.equals(id) || Optional.of(sent).flatMap(Response::text).equals(Optional.of(id));
  }

  private static Optional<String> text(String json) {
    return read(("{\"error\":{},\"id\":" + json + "}").getBytes(UTF_8)).map(Response::id);
  }
}
