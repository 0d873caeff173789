package dev.ostiary.checker.http;

import dev.ostiary.http.Headers;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer of a server.
 *
 * @param uri that was asked
 */
public record Answer(URI uri, int status, Headers headers, String text, Exchanged exchanged) {
  public Optional<String> header(String name) {
    return headers.first(name);
  }

  /** The media type, without parameters, in lower case; empty if there is none. */
  public String mediaType() {
    return header("Content-Type")
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  /** Whether it is JSON by its content type. */
  public boolean isJson() {
    return mediaType().equals("application/json") || mediaType().endsWith("+json");
  }

  /** The content, if it is a JSON object. */
  public Optional<ObjectNode> object() {
    return parse(text);
  }

  /** The JSON-RPC response: the content, or the last event of a stream that is one. */
  public Optional<ObjectNode> rpc() {
    if (!mediaType().equals("text/event-stream")) {
      return object();
    }
    Optional<ObjectNode> response = Optional.empty();
    for (String line : text.split("\\R", -1)) {
      if (line.startsWith("data:")) {
        Optional<ObjectNode> event = parse(line.substring("data:".length()).strip());
        if (event.isPresent() && (event.get().has("result") || event.get().has("error"))) {
          response = event;
        }
      }
    }
    return response;
  }

  /** A JSON-RPC result, if the response is one. */
  public Optional<ObjectNode> result() {
    return rpc()
        .map(response -> response.get("result"))
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast);
  }

  /** The code of a JSON-RPC error; 0 if the response is none. */
  public int rpcCode() {
    return rpc().map(response -> response.path("error").path("code").asInt(0)).orElse(0);
  }

  /** The {@code error} of an OAuth answer; empty if there is none. */
  public String error() {
    return object()
        .map(json -> json.path("error"))
        .filter(JsonNode::isString)
        .map(JsonNode::asString)
        .orElse("");
  }

  /** A text member of the JSON content. */
  public @Nullable String member(String name) {
    return object()
        .map(json -> json.get(name))
        .filter(JsonNode::isString)
        .map(JsonNode::asString)
        .orElse(null);
  }

  public boolean isRedirect() {
    return status >= 300 && status < 400 && headers.has("Location");
  }

  /** Where a redirect leads, resolved; null if it is none or leads to no address. */
  public @Nullable URI location() {
    try {
      return isRedirect() ? uri.resolve(header("Location").orElseThrow().strip()) : null;
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  /** In a few words, for a finding. */
  public String brief() {
    String error = error();
    return status + (error.isEmpty() ? "" : " " + error);
  }

  private static Optional<ObjectNode> parse(String text) {
    try {
      return JsonMapper.shared().readTree(text) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JacksonException malformed) {
      return Optional.empty();
    }
  }
}
