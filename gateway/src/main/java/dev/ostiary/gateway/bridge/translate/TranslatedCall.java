package dev.ostiary.gateway.bridge.translate;

import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.LatestRequest;
import dev.ostiary.gateway.peer.LegacyPeer;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.mcp.rpc.RpcMessage.Failure;
import dev.ostiary.mcp.rpc.RpcMessage.Notification;
import dev.ostiary.mcp.rpc.RpcMessage.Response;
import dev.ostiary.mcp.rpc.RpcMessage.Result;
import dev.ostiary.mcp.translate.Capabilities;
import dev.ostiary.mcp.translate.Errors;
import dev.ostiary.mcp.translate.Meta;
import dev.ostiary.mcp.translate.Results;
import dev.ostiary.mcp.translate.Tasks;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request of a modern client at a legacy backend. When the backend asks something, the client
 * gets that in place of a result; the backend goes on when the client repeats the request with the
 * answers, and meanwhile no client waits.
 */
final class TranslatedCall implements Peer.Call, Peer.Listener {
  private static final List<String> OF_ROUNDS = List.of("inputResponses", "requestState");
  private static final AtomicLong ORDER = new AtomicLong();

  /** A backend may ask several things at once; they come as one message after the other. */
  private static final Executor COLLECTED =
      CompletableFuture.delayedExecutor(25, TimeUnit.MILLISECONDS, Runnable::run);

  private final TranslatedCalls calls;
  private final String method;
  private final ObjectNode asked;
  private final boolean multiRound;
  private final long order = ORDER.incrementAndGet();
  private final Map<String, Peer.Question> open = new LinkedHashMap<>();
  private int questions;
  private Cause cause;
  private Peer.@Nullable Listener listener;
  private @Nullable JsonNode token;
  private @Nullable String level;
  private final LatestRequest request = new LatestRequest();
  private @Nullable Runnable end;
  private volatile @Nullable String missing;
  private boolean toRepeat;
  private boolean over;
  private Instant parkedAt;
  private ObjectNode toSend = RpcJson.object();

  TranslatedCall(
      TranslatedCalls calls,
      String method,
      ObjectNode params,
      boolean multiRound,
      Cause cause,
      Peer.Listener listener) {
    this.calls = calls;
    this.method = method;
    this.asked = withoutRounds(params);
    this.multiRound = multiRound;
    this.cause = cause;
    this.listener = listener;
    this.parkedAt = calls.now();
    listensWith(params);
  }

  private static ObjectNode withoutRounds(ObjectNode params) {
    ObjectNode asked = params.deepCopy();
    asked.remove(OF_ROUNDS);
    asked.remove(Meta.META);
    return asked;
  }

  private void listensWith(ObjectNode params) {
    ObjectNode meta = Meta.of(params);
    token = meta == null ? null : meta.get(Meta.PROGRESS_TOKEN);
    level = Meta.logLevel(params);
    ObjectNode own = params.deepCopy();
    own.remove(OF_ROUNDS);
    Meta.strip(own);
    toSend = own;
  }

  void start() {
    calls.begun(this);
    if (calls.isTaskRequired(method, toSend)) {
      toSend.putObject("task");
    }
    Cause because = cause;
    ObjectNode params = toSend;
    calls.logs.ask(level, because, () -> send(params, because));
  }

  private void send(ObjectNode params, Cause because) {
    request.send(() -> calls.peer.request(method, params, because, this));
  }

  long order() {
    return order;
  }

  Cause cause() {
    return cause;
  }

  synchronized Instant parkedAt() {
    return parkedAt;
  }

  synchronized boolean carriesQuestions() {
    return multiRound && !over;
  }

  synchronized boolean hears(Notification message) {
    return listener != null && LogLevels.isHeard(message, level);
  }

  /** Whether a repeated request is this one again. */
  boolean isOf(String other, ObjectNode params) {
    return method.equals(other) && asked.equals(withoutRounds(params));
  }

  /** What is wrong with the answers to the questions; null if nothing is. */
  @Nullable RpcError wrongAnswers(ObjectNode params) {
    JsonNode responses = params.get("inputResponses");
    if (responses == null) {
      return null;
    }
    boolean objects = responses.isObject() && responses.valueStream().allMatch(JsonNode::isObject);
    return objects ? null : RpcError.invalidParams("inputResponses must be an object of results");
  }

  /** The client has come back with answers. */
  void resume(ObjectNode params, Cause because, Peer.Listener again) {
    Map<Peer.Question, ObjectNode> answers = new LinkedHashMap<>();
    Runnable ended;
    boolean repeats;
    synchronized (this) {
      cause = because;
      listener = again;
      listensWith(params);
      params
          .path("inputResponses")
          .forEachEntry(
              (key, value) -> {
                Peer.Question question = open.remove(key);
                if (question != null) {
                  answers.put(question, (ObjectNode) value);
                }
              });
      repeats = toRepeat;
      toRepeat = false;
      ended = end;
    }
    answers.forEach(
        (question, answer) ->
            question.answer(new Result(IntNode.valueOf(0), answer), because.unawaited()));
    if (ended != null) {
      ended.run();
    } else if (repeats) {
      start();
    } else {
      askClient(); // for what is still unanswered
    }
  }

  @Override
  public void notified(Notification notification) {
    Peer.Listener to;
    synchronized (this) {
      to = listener;
      if (to == null) {
        return;
      }
      switch (notification.method()) {
        case "notifications/progress" -> {
          if (token == null) {
            return;
          }
          notification.params().set(Meta.PROGRESS_TOKEN, token);
        }
        case "notifications/message" -> {
          if (!LogLevels.isHeard(notification, level)) {
            return;
          }
        }
        default -> {}
      }
    }
    to.notified(notification);
  }

  @Override
  public void asked(Peer.Question question) {
    if (!multiRound
        || !Capabilities.canBeAsked(calls.client, question.method(), question.params())) {
      missing = multiRound ? Capabilities.group(question.method()) : null;
      question.answer(
          LegacyPeer.unanswerable("the client cannot do " + question.method()), cause.unawaited());
      return;
    }
    synchronized (this) {
      String key = "question-" + ++questions;
      open.put(key, question);
      question.onCancelled(() -> withdraw(key));
    }
    COLLECTED.execute(this::askClient);
  }

  private synchronized void withdraw(String key) {
    open.remove(key);
  }

  /** Puts all that is unanswered to the client, if it waits and there is something. */
  private void askClient() {
    ObjectNode requests = RpcJson.object();
    Peer.Listener to;
    synchronized (this) {
      to = listener;
      if (to == null || open.isEmpty() || over) {
        return;
      }
      open.forEach((key, question) -> requests.set(key, request(question)));
      listener = null;
      parkedAt = calls.now();
    }
    String state = calls.park(this);
    to.answered(new Result(IntNode.valueOf(0), Results.inputRequired(requests, state, calls.info)));
  }

  static ObjectNode request(Peer.Question question) {
    ObjectNode request = RpcJson.object().put("method", question.method());
    ObjectNode params = question.params().deepCopy();
    params.remove(Meta.META);
    if (!params.isEmpty()) {
      request.set("params", params);
    }
    return request;
  }

  @Override
  public void answered(Response response) {
    if (response instanceof Failure failure && (visitsUrls(failure) || becomesTask(failure))) {
      return;
    }
    if (response instanceof Result(_, ObjectNode result) && awaitsTask(result)) {
      return;
    }
    String needed = missing;
    if (needed != null && isFailed(response)) {
      end(to -> to.answered(Failure.of(null, RpcError.capabilityMissing(needed))));
      return;
    }
    end(to -> to.answered(translated(response)));
  }

  private Response translated(Response response) {
    return switch (response) {
      case Result(JsonNode id, ObjectNode result) -> {
        ObjectNode task = LegacyTasks.begun(result);
        ObjectNode shown = task == null ? Tasks.plain(result) : Tasks.toModern(task);
        Results.toModern(method, shown, calls.info);
        if (method.equals("tools/list")) {
          calls.learn(shown);
        }
        if (task != null) {
          shown.put("resultType", "task");
        }
        yield new Result(id, shown);
      }
      case Failure failure -> Errors.toModern(failure);
    };
  }

  private static boolean isFailed(Response response) {
    return switch (response) {
      case Result(_, ObjectNode result) -> result.path("isError").asBoolean(false);
      case Failure _ -> true;
    };
  }

  /** A tool that runs only as a task is called as one (2025-11-25, Tool-Level Negotiation). */
  private boolean becomesTask(Failure failure) {
    boolean needed =
        failure.code() == Errors.METHOD_NOT_FOUND
            && method.equals("tools/call")
            && calls.hasToolTasks()
            && !toSend.has("task");
    if (needed) {
      toSend.putObject("task");
      send(toSend, cause);
    }
    return needed;
  }

  /** For a client without the extension, the result is waited for. */
  private boolean awaitsTask(ObjectNode result) {
    ObjectNode task = LegacyTasks.begun(result);
    if (task == null || Capabilities.hasTasks(calls.client)) {
      return false;
    }
    ObjectNode params = RpcJson.object().put("taskId", Tasks.id(task));
    Cause because = cause;
    request.send(() -> calls.peer.request("tasks/result", params, because, this));
    return true;
  }

  /** What has to be done at URLs first is asked of the client, and then the call is made again. */
  private boolean visitsUrls(Failure failure) {
    if (failure.code() != Errors.URL_NEEDED) {
      return false;
    }
    ObjectNode requests = RpcJson.object();
    failure
        .error()
        .path("data")
        .path("elicitations")
        .valueStream()
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .filter(params -> Capabilities.canBeAsked(calls.client, "elicitation/create", params))
        .forEach(
            params -> {
              ObjectNode request = requests.putObject("url-" + (requests.size() + 1));
              request.put("method", "elicitation/create").set("params", params);
            });
    if (!multiRound || requests.isEmpty()) {
      return false;
    }
    Peer.Listener to;
    synchronized (this) {
      to = listener;
      if (to == null || over) {
        return true;
      }
      listener = null;
      toRepeat = true;
      parkedAt = calls.now();
    }
    calls.ended(this);
    String state = calls.park(this);
    to.answered(new Result(IntNode.valueOf(0), Results.inputRequired(requests, state, calls.info)));
    return true;
  }

  @Override
  public void failed(ChannelFailure failure) {
    end(to -> to.failed(failure));
  }

  /** At once, or when the client comes back for it. */
  private void end(Consumer<Peer.Listener> how) {
    calls.ended(this);
    Peer.Listener to;
    synchronized (this) {
      if (over) {
        return;
      }
      to = listener;
      if (to == null) {
        end = () -> end(how);
        return;
      }
      over = true;
      listener = null;
    }
    how.accept(to);
  }

  @Override
  public void cancel() {
    List<Peer.Question> unanswered;
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      listener = null;
      unanswered = List.copyOf(open.values());
      open.clear();
    }
    calls.ended(this);
    unanswered.forEach(
        question ->
            question.answer(
                LegacyPeer.unanswerable("the client has gone away"), cause.unawaited()));
    request.cancel();
  }
}
