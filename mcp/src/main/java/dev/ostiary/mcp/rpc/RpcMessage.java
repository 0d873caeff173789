package dev.ostiary.mcp.rpc;

import dev.ostiary.mcp.RpcError;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One JSON-RPC message as a tree (JSON-RPC 2.0 §4, §5). Its receiver may change its nodes; they are
 * copied before they are handed to a second receiver.
 */
public sealed interface RpcMessage {
  /** Asks for a response. The parameters are empty if there are none. */
  record Request(JsonNode id, String method, ObjectNode params) implements RpcMessage {}

  /** Asks for nothing. */
  record Notification(String method, ObjectNode params) implements RpcMessage {}

  /** What answers a request. */
  sealed interface Response extends RpcMessage {
    /** Of the request; null if an error names none. */
    @Nullable JsonNode id();

    /** The same for a request of this id. */
    Response to(JsonNode request);
  }

  /** The request was done. */
  record Result(JsonNode id, ObjectNode result) implements Response {
    @Override
    public Result to(JsonNode request) {
      return new Result(request, result);
    }
  }

  /** The request failed; the error has a code, a message and maybe data. */
  record Failure(@Nullable JsonNode id, ObjectNode error) implements Response {
    /** One of our own. */
    public static Failure of(@Nullable JsonNode id, RpcError error) {
      return new Failure(id, error.toTree());
    }

    /** Its code; 0 if it has none. */
    public int code() {
      return error.path("code").asInt(0);
    }

    /** Its text; empty if it has none. */
    public String message() {
      return error.path("message").asString("");
    }

    @Override
    public Failure to(JsonNode request) {
      return new Failure(request, error);
    }
  }

  /** Empty if it is no single message, or not clear. */
  static Optional<RpcMessage> read(byte[] json) {
    return RpcJson.object(json).flatMap(RpcMessage::of);
  }

  /** Those of a batch (2025-03-26), or the only one; what is no message is left out. */
  static List<RpcMessage> readAll(byte[] json) {
    return RpcJson.objects(json).stream().map(RpcMessage::of).flatMap(Optional::stream).toList();
  }

  /** Empty if the object is no message. */
  static Optional<RpcMessage> of(ObjectNode message) {
    return Optional.ofNullable(message(message));
  }

  private static @Nullable RpcMessage message(ObjectNode from) {
    JsonNode id = from.get("id");
    boolean identified = id != null && (id.isString() || id.isIntegralNumber());
    JsonNode method = from.get("method");
    if (method != null) {
      JsonNode params = from.get("params");
      if (!method.isString() || (params != null && !params.isObject())) {
        return null;
      }
      ObjectNode given = params == null ? RpcJson.object() : (ObjectNode) params;
      if (id == null) {
        return new Notification(method.stringValue(), given);
      }
      return identified ? new Request(id, method.stringValue(), given) : null;
    }
    if (from.get("result") instanceof ObjectNode result) {
      return identified && !from.has("error") ? new Result(id, result) : null;
    }
    return from.get("error") instanceof ObjectNode error
        ? new Failure(identified ? id : null, error)
        : null;
  }

  /** As it is sent: one line. */
  default byte[] toJson() {
    ObjectNode json = RpcJson.object().put("jsonrpc", "2.0");
    switch (this) {
      case Request(JsonNode id, String method, ObjectNode params) -> {
        json.set("id", id);
        json.put("method", method);
        setUnlessEmpty(json, params);
      }
      case Notification(String method, ObjectNode params) -> {
        json.put("method", method);
        setUnlessEmpty(json, params);
      }
      case Result(JsonNode id, ObjectNode result) -> {
        json.set("id", id);
        json.set("result", result);
      }
      case Failure(JsonNode id, ObjectNode error) -> {
        if (id != null) {
          json.set("id", id);
        }
        json.set("error", error);
      }
    }
    return RpcJson.bytes(json);
  }

  private static void setUnlessEmpty(ObjectNode json, ObjectNode params) {
    if (!params.isEmpty()) {
      json.set("params", params);
    }
  }
}
