package dev.ostiary.mcp.translate;

import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcMessage.Failure;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tasks as each era spells them: those of 2025-11-25, and those of the extension
 * io.modelcontextprotocol/tasks.
 */
public final class Tasks {
  private static final List<String> SAME =
      List.of("taskId", "status", "statusMessage", "createdAt", "lastUpdatedAt");
  private static final Set<String> ENDED = Set.of("completed", "failed", "cancelled");

  private Tasks() {}

  /** A task of 2025-11-25 in the words of the extension. */
  public static ObjectNode toModern(ObjectNode legacy) {
    ObjectNode modern = same(legacy);
    JsonNode ttl = legacy.get("ttl");
    modern.set("ttlMs", ttl == null ? modern.nullNode() : ttl);
    rename(legacy, "pollInterval", modern, "pollIntervalMs");
    return modern;
  }

  /** A task of the extension, without what it carries beyond its state. */
  public static ObjectNode toLegacy(ObjectNode modern) {
    ObjectNode legacy = same(modern);
    JsonNode ttl = modern.get("ttlMs");
    legacy.set("ttl", ttl == null ? legacy.nullNode() : ttl);
    rename(modern, "pollIntervalMs", legacy, "pollInterval");
    return legacy;
  }

  private static ObjectNode same(ObjectNode from) {
    ObjectNode to = from.objectNode();
    SAME.forEach(member -> rename(from, member, to, member));
    return to;
  }

  private static void rename(ObjectNode from, String member, ObjectNode to, String as) {
    JsonNode value = from.get(member);
    if (value != null) {
      to.set(as, value);
    }
  }

  public static String id(ObjectNode task) {
    return task.path("taskId").asString("");
  }

  public static String status(ObjectNode task) {
    return task.path("status").asString("");
  }

  public static boolean isEnded(ObjectNode task) {
    return ENDED.contains(status(task));
  }

  /** Without what says that a result is that of a task. */
  public static ObjectNode plain(ObjectNode result) {
    ObjectNode meta = Meta.of(result);
    if (meta != null) {
      meta.remove(Meta.RELATED_TASK);
      if (meta.isEmpty()) {
        result.remove(Meta.META);
      }
    }
    return result;
  }

  /** With what says so. */
  public static ObjectNode related(ObjectNode result, String task) {
    Meta.in(result).putObject(Meta.RELATED_TASK).put("taskId", task);
    return result;
  }

  /** Whether a modern server does this only as a task. */
  public static boolean isRequired(Failure failure) {
    return failure.code() == Errors.CAPABILITY_MISSING
        && failure
            .error()
            .path("data")
            .path("requiredCapabilities")
            .path("extensions")
            .has(Capabilities.TASKS);
  }

  /**
   * Lets a legacy client call every tool of a list as a task, which it may only if the tool says so
   * (2025-11-25, Tool-Level Negotiation). In the modern era the server decides about each call.
   */
  public static void offer(ObjectNode list) {
    for (JsonNode each : list.path("tools")) {
      if (each instanceof ObjectNode tool) {
        ObjectNode execution =
            tool.get("execution") instanceof ObjectNode known ? known : tool.putObject("execution");
        execution.put("taskSupport", "optional");
      }
    }
  }

  /** Whether a tool of a legacy server, as a list has it, can be called as a task only. */
  public static boolean isRequired(JsonNode tool) {
    return tool.path("execution").path("taskSupport").asString("").equals("required");
  }

  /** A modern client has to declare the extension where it asks for tasks. */
  public static RpcError undeclared() {
    return RpcError.capabilityMissing("extensions", Capabilities.TASKS);
  }
}
