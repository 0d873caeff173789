package dev.ostiary.gateway.task;

import dev.ostiary.gateway.token.Caller;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.mcp.translate.Meta;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client is shown of the tasks in one answer of a backend: ids of its own, and only tasks of
 * its grant.
 *
 * @param asked the tasks that its request was about, as the backend calls them
 */
record TaskAnswer(TaskIds ids, Caller caller, Set<String> asked) {
  private static final String ID = "taskId";
  private static final byte[] MARK = "\"task".getBytes(StandardCharsets.US_ASCII);

  /** Each letter of the word may be spelt by its code, which begins with one of these. */
  private static final List<byte[]> SPELT =
      List.of(
          "\\u006".getBytes(StandardCharsets.US_ASCII),
          "\\u007".getBytes(StandardCharsets.US_ASCII));

  private static final byte[] NOTHING = {};

  /**
   * One message, or several.
   *
   * @return empty if nothing of it is for the client; the same array if nothing has to change
   */
  byte[] shown(byte[] json) {
    if (!isPossible(json)) {
      return json;
    }
    return RpcJson.tree(json)
        .map(
            tree ->
                switch (tree) {
                  case ObjectNode message -> isShown(message) ? RpcJson.bytes(message) : NOTHING;
                  case ArrayNode batch -> {
                    batch.removeIf(each -> each instanceof ObjectNode one && !isShown(one));
                    yield RpcJson.bytes(batch);
                  }
                  default -> json;
                })
        .orElse(NOTHING);
  }

  /** Whether a member or a value may begin with the word: in most answers none does. */
  private static boolean isPossible(byte[] json) {
    return Bytes.contain(json, MARK)
        || SPELT.stream().anyMatch(letter -> Bytes.contain(json, letter));
  }

  private boolean isShown(ObjectNode message) {
    if (message.get("result") instanceof ObjectNode result) {
      result(result);
    }
    return !(message.get("params") instanceof ObjectNode params) || params(message, params);
  }

  private void result(ObjectNode result) {
    related(result);
    if (result.get("task") instanceof ObjectNode task) {
      started(task);
    } else if (result.path("resultType").asString("").equals("task")) {
      started(result);
    } else if (result.has(ID)) {
      bindOrHide(result);
    }
    if (result.get("tasks") instanceof ArrayNode tasks) {
      tasks.removeIf(each -> !(each instanceof ObjectNode task && bind(task)));
    }
  }

  private void started(ObjectNode task) {
    if (task.path(ID).isString()) {
      ids.started(task.path(ID).stringValue(), caller);
      bind(task);
    }
  }

  private void bindOrHide(ObjectNode task) {
    if (!bind(task)) {
      task.remove(ID);
    }
  }

  /** A notification about a task of another grant is not for this client. */
  private boolean params(ObjectNode message, ObjectNode params) {
    related(params);
    if (params.path("notifications").get("taskIds") instanceof ArrayNode tasks) {
      ArrayNode bound = params.arrayNode();
      for (JsonNode task : tasks) {
        if (isOwn(task.asString(""))) {
          bound.add(ids.bind(task.asString(""), caller));
        }
      }
      ((ObjectNode) params.path("notifications")).set("taskIds", bound);
    }
    boolean aboutTask =
        message.path("method").asString("").startsWith("notifications/tasks") && params.has(ID);
    return !aboutTask || bind(params);
  }

  private void related(ObjectNode holder) {
    ObjectNode meta = Meta.of(holder);
    if (meta != null && meta.get(Meta.RELATED_TASK) instanceof ObjectNode related) {
      bind(related);
    }
  }

  /** Gives a task the id that the client knows; false if it is not the client's. */
  private boolean bind(ObjectNode task) {
    String id = task.path(ID).asString("");
    if (!isOwn(id)) {
      return false;
    }
    task.put(ID, ids.bind(id, caller));
    return true;
  }

  private boolean isOwn(String task) {
    return asked.contains(task) || ids.isStarted(task, caller);
  }
}
