package dev.ostiary.gateway.bridge.translate;

import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.ModernPeer;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.http.Headers;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.mcp.rpc.RpcMessage.Failure;
import dev.ostiary.mcp.rpc.RpcMessage.Response;
import dev.ostiary.mcp.rpc.RpcMessage.Result;
import dev.ostiary.mcp.translate.Capabilities;
import dev.ostiary.mcp.translate.Errors;
import dev.ostiary.mcp.translate.Results;
import dev.ostiary.mcp.translate.Tasks;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tasks of 2025-11-25 before a backend that has the extension: a state that carries the result
 * becomes two requests. A backend that answers at once where the client asked for a task has that
 * answer kept as a task that is complete.
 */
final class ModernTasks {
  /** How many answers are kept for one session, and for how long the client is told. */
  private static final int KEPT = 64;

  private static final long LIFETIME_MILLIS = 600_000;

  private final ModernPeer peer;
  private final ObjectNode server;
  private final Consumer<ObjectNode> stamp;
  private final Ticker ticker;
  private final Map<String, Kept> kept =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
          return size() > KEPT;
        }
      };

  ModernTasks(ModernPeer peer, ObjectNode server, Consumer<ObjectNode> stamp, Ticker ticker) {
    this.peer = peer;
    this.server = server;
    this.stamp = stamp;
    this.ticker = ticker;
  }

  /** An answer, and the task that it is shown as. */
  private record Kept(ObjectNode task, Response answer) {}

  /** Waits for the result of a task that the backend has made of a call. */
  Peer.Call await(String task, Cause cause, Peer.Listener to) {
    TaskResult result = new TaskResult(this, peer, ticker, task, cause, to);
    result.look();
    return result;
  }

  /** Whether the backend has tasks at all. */
  boolean isOffered() {
    return Capabilities.hasTasks(server);
  }

  Peer.Call request(String method, ObjectNode params, Cause cause, Peer.Listener to) {
    String task = Tasks.id(params);
    Kept known;
    synchronized (kept) {
      known = kept.get(task);
    }
    if (known != null) {
      return local(method, known, to);
    }
    return switch (method) {
      case "tasks/get" -> ask("tasks/get", task, cause, to, state -> state(state, to));
      case "tasks/result" -> await(task, cause, to);
      case "tasks/cancel" ->
          ask(
              "tasks/cancel",
              task,
              cause,
              to,
              _ -> ask("tasks/get", task, cause, to, state -> state(state, to)));
      default -> Failures.refuse(to, RpcError.methodNotFound());
    };
  }

  private static void state(ObjectNode modern, Peer.Listener to) {
    to.answered(new Result(IntNode.valueOf(0), Tasks.toLegacy(modern)));
  }

  private static Peer.Call local(String method, Kept known, Peer.Listener to) {
    to.answered(
        switch (method) {
          case "tasks/result" -> known.answer();
          case "tasks/get" -> new Result(IntNode.valueOf(0), known.task().deepCopy());
          default -> Failure.of(null, RpcError.invalidParams("the task has ended"));
        });
    return Failures.NONE;
  }

  /**
   * The answer to a call that the client wants to be a task, which the backend has given at once.
   */
  Result keep(Response answer) {
    String now = Instant.ofEpochSecond(ticker.now().getEpochSecond()).toString();
    String id = "complete-" + UUID.randomUUID();
    ObjectNode task = RpcJson.object().put("taskId", id);
    task.put("status", answer instanceof Result ? "completed" : "failed");
    task.put("createdAt", now).put("lastUpdatedAt", now).put("ttl", LIFETIME_MILLIS);
    Response related =
        answer instanceof Result(JsonNode of, ObjectNode result)
            ? new Result(of, Tasks.related(result, id))
            : answer;
    synchronized (kept) {
      kept.put(id, new Kept(task, related));
    }
    return begun(task);
  }

  /** A task that has begun, as the result of a call. */
  static Result begun(ObjectNode task) {
    ObjectNode result = RpcJson.object();
    result.set("task", task.deepCopy());
    return new Result(IntNode.valueOf(0), result);
  }

  Peer.Call ask(
      String method, String task, Cause cause, Peer.Listener to, Consumer<ObjectNode> then) {
    ObjectNode params = RpcJson.object().put("taskId", task);
    stamped(params);
    return peer.request(
        method,
        params,
        Headers.none(),
        cause,
        new Peer.Listener() {
          @Override
          public void answered(Response response) {
            switch (response) {
              case Result(_, ObjectNode result) -> then.accept(Results.toLegacy(result));
              case Failure failure -> to.answered(Errors.toLegacy(failure, method));
            }
          }

          @Override
          public void failed(ChannelFailure failure) {
            to.failed(failure);
          }
        });
  }

  /** With the extension, which every client that asks for tasks has. */
  void stamped(ObjectNode params) {
    stamp.accept(params);
    if (params.path("_meta").get("io.modelcontextprotocol/clientCapabilities")
        instanceof ObjectNode capabilities) {
      Capabilities.withTasks(capabilities);
    }
  }

  /** The task in a modern result; null if it is another result. */
  static @Nullable ObjectNode task(ObjectNode result) {
    return Results.type(result).equals("task") ? Tasks.toLegacy(result) : null;
  }
}
