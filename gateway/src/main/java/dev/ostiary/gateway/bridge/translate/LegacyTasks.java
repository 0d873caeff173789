package dev.ostiary.gateway.bridge.translate;

import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.LegacyPeer;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.mcp.rpc.RpcMessage.Failure;
import dev.ostiary.mcp.rpc.RpcMessage.Response;
import dev.ostiary.mcp.rpc.RpcMessage.Result;
import dev.ostiary.mcp.translate.Capabilities;
import dev.ostiary.mcp.translate.Errors;
import dev.ostiary.mcp.translate.Meta;
import dev.ostiary.mcp.translate.Results;
import dev.ostiary.mcp.translate.Tasks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The extension for tasks before a backend that has the tasks of 2025-11-25: its state and its
 * result are two requests there, and its questions come while the result is waited for.
 */
final class LegacyTasks {
  /** How many tasks of one conversation are waited for because they have questions. */
  private static final int AWAITED = 256;

  private final LegacyPeer peer;
  private final ObjectNode client;
  private final ObjectNode info;
  private final Map<String, Awaited> awaited = new ConcurrentHashMap<>();

  LegacyTasks(LegacyPeer peer, ObjectNode client, ObjectNode info) {
    this.peer = peer;
    this.client = client;
    this.info = info;
  }

  Peer.Call request(String method, ObjectNode params, Cause cause, Peer.Listener to) {
    if (!Capabilities.hasTasks(client)) {
      return Failures.refuse(to, Tasks.undeclared());
    }
    String task = Tasks.id(params);
    return switch (method) {
      case "tasks/get" -> state(task, cause, to, detailed -> answer(detailed, to));
      case "tasks/update" -> update(task, params, cause, to);
      case "tasks/cancel" -> cancel(task, cause, to);
      default -> Failures.refuse(to, RpcError.methodNotFound());
    };
  }

  /** All that is to be said of a task now. */
  Peer.Call state(String task, Cause cause, Peer.Listener to, Consumer<ObjectNode> then) {
    return ask(
        "tasks/get",
        task,
        cause,
        to,
        state -> {
          ObjectNode modern = Tasks.toModern(state);
          switch (Tasks.status(state)) {
            case "completed", "failed" -> outcome(task, modern, cause, to, then);
            case "input_required" -> then.accept(questions(task, modern, cause));
            default -> then.accept(modern);
          }
        });
  }

  private void outcome(
      String task, ObjectNode modern, Cause cause, Peer.Listener to, Consumer<ObjectNode> then) {
    awaited.remove(task);
    peer.request(
        "tasks/result",
        RpcJson.object().put("taskId", task),
        cause,
        new Answer(to) {
          @Override
          public void answered(Response response) {
            switch (response) {
              case Result(_, ObjectNode result) ->
                  modern
                      .put("status", "completed")
                      .set("result", Results.toModern("tools/call", Tasks.plain(result), info));
              case Failure failure ->
                  modern.put("status", "failed").set("error", Errors.toModern(failure).error());
            }
            then.accept(modern);
          }
        });
  }

  /** Until one has come, the client is told that the task is working. */
  private ObjectNode questions(String task, ObjectNode modern, Cause cause) {
    Awaited waiting = awaited.get(task);
    if (waiting == null && awaited.size() < AWAITED) {
      waiting = new Awaited(cause.unawaited());
      if (awaited.putIfAbsent(task, waiting) == null) {
        peer.request(
            "tasks/result", RpcJson.object().put("taskId", task), cause.unawaited(), waiting);
      }
    }
    ObjectNode open = waiting == null ? RpcJson.object() : waiting.requests();
    if (open.isEmpty()) {
      return modern.put("status", "working");
    }
    modern.set("inputRequests", open);
    return modern;
  }

  /**
   * Takes a question that the transport does not assign to a request, but that names a task whose
   * result is waited for. Returns whether it does.
   */
  boolean asked(Peer.Question question) {
    String task =
        question.params().path("_meta").path(Meta.RELATED_TASK).path("taskId").asString("");
    Awaited waiting = awaited.get(task);
    if (waiting != null) {
      waiting.asked(question);
    }
    return waiting != null;
  }

  private Peer.Call update(String task, ObjectNode params, Cause cause, Peer.Listener to) {
    Awaited waiting = awaited.get(task);
    if (waiting == null) {
      return ask("tasks/get", task, cause, to, _ -> answer(RpcJson.object(), to));
    }
    if (!(params.get("inputResponses") instanceof ObjectNode responses)) {
      return Failures.refuse(to, RpcError.invalidParams("inputResponses is missing"));
    }
    waiting.answer(responses, cause.unawaited());
    answer(RpcJson.object(), to);
    return Failures.NONE;
  }

  /** A task that has ended cannot be cancelled there, which is no error in the extension. */
  private Peer.Call cancel(String task, Cause cause, Peer.Listener to) {
    return peer.request(
        "tasks/cancel",
        RpcJson.object().put("taskId", task),
        cause,
        new Answer(to) {
          @Override
          public void answered(Response response) {
            awaited.remove(task);
            if (response instanceof Result) {
              answer(RpcJson.object(), to);
            } else {
              ask("tasks/get", task, cause, to, _ -> answer(RpcJson.object(), to));
            }
          }
        });
  }

  private void answer(ObjectNode result, Peer.Listener to) {
    to.answered(new Result(IntNode.valueOf(0), Results.toModern("tasks/get", result, info)));
  }

  private Peer.Call ask(
      String method, String task, Cause cause, Peer.Listener to, Consumer<ObjectNode> then) {
    return peer.request(
        method,
        RpcJson.object().put("taskId", task),
        cause,
        new Answer(to) {
          @Override
          public void answered(Response response) {
            switch (response) {
              case Result(_, ObjectNode result) -> then.accept(result);
              case Failure failure -> to.answered(Errors.toModern(failure));
            }
          }
        });
  }

  /** What comes of a request of ours, for the client's. */
  private abstract static class Answer implements Peer.Listener {
    private final Peer.Listener to;

    Answer(Peer.Listener to) {
      this.to = to;
    }

    @Override
    public void failed(ChannelFailure failure) {
      to.failed(failure);
    }
  }

  /** The result of a task is waited for, so that its questions come. */
  private final class Awaited implements Peer.Listener {
    private final Cause cause;
    private final Map<String, Peer.Question> open = new LinkedHashMap<>();
    private int questions;

    Awaited(Cause cause) {
      this.cause = cause;
    }

    @Override
    public void asked(Peer.Question question) {
      if (!Capabilities.canBeAsked(client, question.method(), question.params())) {
        question.answer(
            LegacyPeer.unanswerable("the client cannot do " + question.method()), cause);
        return;
      }
      String key;
      synchronized (this) {
        key = "question-" + ++questions;
        open.put(key, question);
      }
      question.onCancelled(() -> withdraw(key));
    }

    private synchronized void withdraw(String key) {
      open.remove(key);
    }

    synchronized ObjectNode requests() {
      ObjectNode requests = RpcJson.object();
      open.forEach((key, question) -> requests.set(key, TranslatedCall.request(question)));
      return requests;
    }

    void answer(ObjectNode responses, Cause because) {
      responses.forEachEntry(
          (key, value) -> {
            Peer.Question question = value.isObject() ? take(key) : null;
            if (question != null) {
              question.answer(new Result(IntNode.valueOf(0), (ObjectNode) value), because);
            }
          });
    }

    private synchronized Peer.@Nullable Question take(String key) {
      return open.remove(key);
    }

    @Override
    public void answered(Response response) {} // asked for again when the client looks

    @Override
    public void failed(ChannelFailure failure) {}
  }

  /** The task in a result; null if there is none. */
  static @Nullable ObjectNode begun(JsonNode result) {
    return result.get("task") instanceof ObjectNode task && task.path("taskId").isString()
        ? task
        : null;
  }
}
