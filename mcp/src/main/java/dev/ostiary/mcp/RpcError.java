package dev.ostiary.mcp;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * A JSON-RPC error: a code that the specification defines, and a text for people. Each way to be
 * refused is a method here, so that no other code is ever sent.
 */
public final class RpcError {
  private final int code;
  private final String message;
  private final @Nullable ObjectNode data;

  private RpcError(int code, String message, @Nullable ObjectNode data) {
    this.code = code;
    this.message = message;
    this.data = data;
  }

  /** The content is not JSON, or beyond the limits. */
  public static RpcError parse(String why) {
    return new RpcError(-32700, "Parse error: " + why, null);
  }

  /** The content is JSON, but no message that may stand here. */
  public static RpcError invalidRequest(String why) {
    return new RpcError(-32600, "Invalid request: " + why, null);
  }

  /** The session is unknown, has ended, or is another user's: all look the same. */
  public static RpcError noSession() {
    return invalidRequest("no such session; begin again with initialize");
  }

  public static RpcError methodNotFound() {
    return new RpcError(-32601, "Method not found", null);
  }

  public static RpcError invalidParams(String why) {
    return new RpcError(-32602, "Invalid params: " + why, null);
  }

  /** No such resource, in the words of the revision. */
  public static RpcError resourceNotFound(Revision revision, String uri) {
    return new RpcError(
        revision.isModern() ? -32602 : -32002,
        "Resource not found",
        JsonNodeFactory.instance.objectNode().put("uri", uri));
  }

  public static RpcError internal(String message) {
    return new RpcError(-32603, message, null);
  }

  /** A header is missing or says something else than the content. */
  public static RpcError headerMismatch(String why) {
    return new RpcError(-32020, "Header mismatch: " + why, null);
  }

  public static RpcError unsupportedVersion(String requested) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    ArrayNode supported = data.putArray("supported");
    supported.add(Revision.MODERN.wire());
    data.put("requested", requested);
    return new RpcError(-32022, "Unsupported protocol version", data);
  }

  /** The client has to declare a capability for this request, a member or a member of one. */
  public static RpcError capabilityMissing(String... path) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    ObjectNode needed = data.putObject("requiredCapabilities");
    for (String member : path) {
      needed = needed.putObject(member);
    }
    return new RpcError(-32021, "Missing required client capability", data);
  }

  /**
   * What the HTTP status and {@code WWW-Authenticate} say, for readers of the content. The code is
   * of the range that new servers should leave alone: clients know it for exactly this.
   */
  public static RpcError unauthorized(String message) {
    return new RpcError(-32000, message, null);
  }

  public int code() {
    return code;
  }

  /** The error response; without an id if there is none to answer to. */
  public byte[] toJson(@Nullable RawJson id) {
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    response.put("jsonrpc", "2.0");
    if (id != null) {
      response.putRawValue("id", new RawValue(id.toString()));
    }
    response.set("error", toTree());
    return JsonMapper.shared().writeValueAsBytes(response);
  }

  /** The error alone, as a response has it. */
  public ObjectNode toTree() {
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.put("code", code).put("message", message);
    if (data != null) {
      error.set("data", data.deepCopy());
    }
    return error;
  }

  @Override
  public String toString() {
    return code + " " + message;
  }
}
