package dev.ostiary.gateway.bridge.translate;

import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.ModernPeer;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.mcp.rpc.RpcMessage.Failure;
import dev.ostiary.mcp.rpc.RpcMessage.Response;
import dev.ostiary.mcp.rpc.RpcMessage.Result;
import dev.ostiary.mcp.translate.Results;
import dev.ostiary.mcp.translate.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Waits for the result of a task at a modern backend: looks at its state as often as the backend
 * wants, at most once a second, and puts its questions to the client.
 */
final class TaskResult implements Peer.Call, Peer.Listener, Ticker.Tickable {
  private static final long LEAST_MILLIS = 1_000;
  private static final long MOST_MILLIS = 60_000;

  private final ModernTasks tasks;
  private final ModernPeer peer;
  private final Ticker ticker;
  private final String task;
  private final Cause cause;
  private final Peer.Listener listener;
  private final Set<String> asked = new HashSet<>();
  private volatile @Nullable Instant next;
  private boolean over;

  TaskResult(
      ModernTasks tasks,
      ModernPeer peer,
      Ticker ticker,
      String task,
      Cause cause,
      Peer.Listener listener) {
    this.tasks = tasks;
    this.peer = peer;
    this.ticker = ticker;
    this.task = task;
    this.cause = cause;
    this.listener = listener;
  }

  /** Looks at the state. */
  void look() {
    next = null;
    tasks.ask("tasks/get", task, cause, this, this::seen);
  }

  private void seen(ObjectNode state) {
    switch (Tasks.status(state)) {
      case "completed" -> completed(state);
      case "failed" -> failed(state);
      case "working", "input_required" -> {
        state
            .path("inputRequests")
            .forEachEntry(
                (key, request) -> {
                  if (asked.add(key)) {
                    listener.asked(new TaskQuestion(key, request));
                  }
                });
        later(state.path("pollIntervalMs").asLong(LEAST_MILLIS));
      }
      case "cancelled" -> answered(Failure.of(null, RpcError.internal("The task was cancelled")));
      default -> nothing();
    }
  }

  private void completed(ObjectNode state) {
    if (state.get("result") instanceof ObjectNode result) {
      answered(new Result(IntNode.valueOf(0), Tasks.related(Results.toLegacy(result), task)));
    } else {
      nothing();
    }
  }

  private void failed(ObjectNode state) {
    if (state.get("error") instanceof ObjectNode error) {
      answered(new Failure(null, error));
    } else {
      nothing();
    }
  }

  private void nothing() {
    answered(Failure.of(null, RpcError.internal("The task ended without a result")));
  }

  private void later(long millis) {
    long pause = Math.clamp(millis, LEAST_MILLIS, MOST_MILLIS);
    synchronized (this) {
      if (over) {
        return;
      }
      next = ticker.now().plus(Duration.ofMillis(pause));
    }
    ticker.add(this);
  }

  @Override
  public void tick(Instant now) {
    Instant due = next;
    if (!peer.isOpen()) {
      failed(new ChannelFailure.Ended(RpcError.internal("The conversation is over"), false));
    } else if (due != null && !now.isBefore(due)) {
      look();
    }
  }

  @Override
  public void answered(Response response) {
    if (ends()) {
      listener.answered(response);
    }
  }

  @Override
  public void failed(ChannelFailure failure) {
    if (ends()) {
      listener.failed(failure);
    }
  }

  @Override
  public void cancel() {
    ends();
  }

  private boolean ends() {
    ticker.remove(this);
    synchronized (this) {
      boolean first = !over;
      over = true;
      return first;
    }
  }

  /** What the task wants of the client. */
  private final class TaskQuestion implements Peer.Question {
    private final String key;
    private final JsonNode request;

    TaskQuestion(String key, JsonNode request) {
      this.key = key;
      this.request = request;
    }

    @Override
    public String method() {
      return request.path("method").asString("");
    }

    @Override
    public ObjectNode params() {
      ObjectNode params =
          request.get("params") instanceof ObjectNode given ? given : RpcJson.object();
      return Tasks.related(params, task);
    }

    /** What the client refuses is cancelled, which only elicitation can be. */
    @Override
    public void answer(Response response, Cause because) {
      ObjectNode answer =
          response instanceof Result(_, ObjectNode result)
              ? Tasks.plain(result)
              : RpcJson.object().put("action", "cancel");
      ObjectNode params = RpcJson.object().put("taskId", task);
      params.putObject("inputResponses").set(key, answer);
      tasks.stamped(params);
      peer.request("tasks/update", params, cause.unawaited(), new Ignored());
    }

    @Override
    public void onCancelled(Runnable action) {}
  }

  /** The state shows what came of it. */
  private static final class Ignored implements Peer.Listener {
    @Override
    public void answered(Response response) {}

    @Override
    public void failed(ChannelFailure failure) {}
  }
}
