package dev.ostiary.mcp.translate;

import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcMessage.Failure;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Errors as each era spells them (2026-07-28, Error Codes). */
public final class Errors {
  public static final int METHOD_NOT_FOUND = -32601;
  public static final int HEADER_MISMATCH = -32020;
  public static final int CAPABILITY_MISSING = -32021;
  public static final int VERSION_UNSUPPORTED = -32022;

  /** A resource that is not there, before the modern era. */
  private static final int NO_RESOURCE = -32002;

  /** Something has to be done at a URL first (2025-11-25 only). */
  public static final int URL_NEEDED = -32042;

  private static final int INVALID_PARAMS = -32602;

  private Errors() {}

  /**
   * A legacy server's error for a modern client. Codes that the modern era gives to its own errors
   * mean something else there, and become internal errors.
   */
  public static Failure toModern(Failure failure) {
    int code = failure.code();
    if (code == NO_RESOURCE) {
      return with(failure, INVALID_PARAMS);
    }
    boolean reserved = code <= HEADER_MISMATCH && code >= -32099;
    return reserved ? with(failure, -32603) : failure;
  }

  /**
   * A modern server's error for a legacy client.
   *
   * @param method of the request
   */
  public static Failure toLegacy(Failure failure, String method) {
    if (failure.code() == INVALID_PARAMS
        && method.equals("resources/read")
        && failure.error().path("data").has("uri")) {
      return with(failure, NO_RESOURCE);
    }
    return switch (failure.code()) {
      case CAPABILITY_MISSING -> {
        String names = names(failure.error().path("data").path("requiredCapabilities"));
        yield Failure.of(
            failure.id(), RpcError.invalidRequest("this needs a client that can do " + names));
      }
      case HEADER_MISMATCH, VERSION_UNSUPPORTED -> with(failure, -32603);
      default -> failure;
    };
  }

  private static String names(JsonNode capabilities) {
    return capabilities instanceof ObjectNode named && !named.isEmpty()
        ? String.join(", ", named.propertyNames())
        : "more than this one";
  }

  private static Failure with(Failure failure, int code) {
    failure.error().put("code", code);
    return failure;
  }

  /** The HTTP status of an error to a modern client (2026-07-28, Streamable HTTP). */
  public static int status(Failure failure) {
    return switch (failure.code()) {
      case METHOD_NOT_FOUND -> 404;
      case HEADER_MISMATCH, CAPABILITY_MISSING, VERSION_UNSUPPORTED -> 400;
      default -> 200;
    };
  }
}
