package dev.ostiary.gateway.task;

import dev.ostiary.gateway.token.Caller;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.mcp.translate.Meta;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client's message that has to do with tasks, with the backend's ids in place of the client's.
 *
 * @param changed the message; null if nothing in it has to change
 * @param task the one that its method is about; null if there is none
 * @param tasks all that it names, as the backend calls them
 */
record TaskRequest(@Nullable JsonNode changed, @Nullable String task, Set<String> tasks) {
  private static final byte[] MARK = "task".getBytes(StandardCharsets.US_ASCII);

  /** Any character may be spelt so in JSON. */
  private static final byte[] ESCAPE = "\\u".getBytes(StandardCharsets.US_ASCII);

  /** Whether the word may occur in a message: in most it does not, however it is spelt. */
  static boolean isPossible(byte[] message) {
    return Bytes.contain(message, MARK) || Bytes.contain(message, ESCAPE);
  }

  /**
   * Empty if its method, or one of a batch, is about a task that is not one of the caller's grant,
   * and if that cannot be told.
   */
  static Optional<TaskRequest> read(byte[] message, TaskIds ids, Caller caller) {
    Optional<JsonNode> read = RpcJson.tree(message);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Set<String> tasks = new HashSet<>();
    boolean changed = false;
    String task = null;
    Iterable<? extends JsonNode> messages = read.get().isArray() ? read.get() : List.of(read.get());
    for (JsonNode each : messages) {
      if (each.get("params") instanceof ObjectNode params) {
        if (each.path("method").asString("").startsWith("tasks/") && params.has("taskId")) {
          Optional<String> own = ids.open(params.path("taskId").asString(""), caller);
          if (own.isEmpty()) {
            return Optional.empty();
          }
          task = own.get();
          tasks.add(task);
          params.put("taskId", task);
          changed = true;
        }
        changed |= listened(params, tasks, ids, caller);
        changed |= related(params, tasks, ids, caller);
      }
      if (each.get("result") instanceof ObjectNode result) {
        changed |= related(result, tasks, ids, caller);
      }
    }
    return Optional.of(new TaskRequest(changed ? read.get() : null, task, Set.copyOf(tasks)));
  }

  /** Tasks of others are not listened to. */
  private static boolean listened(
      ObjectNode params, Set<String> tasks, TaskIds ids, Caller caller) {
    if (!(params.path("notifications").get("taskIds") instanceof ArrayNode named)) {
      return false;
    }
    ArrayNode own = params.arrayNode();
    for (JsonNode each : named) {
      ids.open(each.asString(""), caller)
          .ifPresent(
              task -> {
                tasks.add(task);
                own.add(task);
              });
    }
    ((ObjectNode) params.path("notifications")).set("taskIds", own);
    return true;
  }

  private static boolean related(ObjectNode holder, Set<String> tasks, TaskIds ids, Caller caller) {
    ObjectNode meta = Meta.of(holder);
    if (meta == null || !(meta.get(Meta.RELATED_TASK) instanceof ObjectNode related)) {
      return false;
    }
    Optional<String> own = ids.open(related.path("taskId").asString(""), caller);
    own.ifPresentOrElse(
        task -> {
          tasks.add(task);
          related.put("taskId", task);
        },
        () -> meta.remove(Meta.RELATED_TASK));
    return true;
  }
}
