package dev.ostiary.gateway.bridge.translate;

import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.LatestRequest;
import dev.ostiary.gateway.peer.ModernPeer;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.http.Headers;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.mcp.rpc.RpcMessage.Failure;
import dev.ostiary.mcp.rpc.RpcMessage.Notification;
import dev.ostiary.mcp.rpc.RpcMessage.Response;
import dev.ostiary.mcp.rpc.RpcMessage.Result;
import dev.ostiary.mcp.translate.Errors;
import dev.ostiary.mcp.translate.MirroredArguments;
import dev.ostiary.mcp.translate.Results;
import dev.ostiary.mcp.translate.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request of a legacy client at a modern backend. As often as the result is that input is
 * required, the client is asked for it, and the request is sent again with the answers (2026-07-28,
 * Multi Round-Trip Requests).
 */
final class RoundTrips implements Peer.Call, Peer.Listener {
  /** A backend that asks more often than this does not come to an end. */
  private static final int ROUNDS = 32;

  private final ModernPeer peer;
  private final ToolSchemas schemas;
  private final Consumer<ObjectNode> stamp;
  private final ModernTasks tasks;
  private final String method;
  private final ObjectNode params;
  private final Cause cause;
  private final Peer.Listener listener;
  private final LatestRequest request = new LatestRequest();
  private List<ClientQuestion> asking = List.of();
  private int rounds;
  private final boolean wantsTask;
  private boolean asTask;
  private boolean headersRenewed;
  private boolean over;

  RoundTrips(
      ModernPeer peer,
      ToolSchemas schemas,
      Consumer<ObjectNode> stamp,
      ModernTasks tasks,
      String method,
      ObjectNode params,
      Cause cause,
      Peer.Listener listener) {
    this.peer = peer;
    this.schemas = schemas;
    this.stamp = stamp;
    this.tasks = tasks;
    this.wantsTask = tasks.isOffered() && params.remove("task") != null;
    this.asTask = wantsTask;
    this.method = method;
    this.params = params;
    this.cause = cause;
    this.listener = listener;
  }

  void start() {
    if (method.equals("tools/call") && peer.mirrorsArguments()) {
      schemas.of(params, cause, mirrored -> send(fields(mirrored)));
    } else {
      send(Headers.none());
    }
  }

  private Headers fields(MirroredArguments mirrored) {
    Headers fields = Headers.none();
    if (params.get("arguments") instanceof ObjectNode arguments) {
      for (Map.Entry<String, String> field : mirrored.fields(arguments).entrySet()) {
        fields = fields.with(field.getKey(), field.getValue());
      }
    }
    return fields;
  }

  private void send(Headers fields) {
    synchronized (this) {
      if (over) {
        return;
      }
      rounds++;
    }
    ObjectNode own = params.deepCopy();
    if (asTask) {
      tasks.stamped(own);
    } else {
      stamp.accept(own);
    }
    request.send(() -> peer.request(method, own, fields, cause, this));
  }

  @Override
  public void answered(Response response) {
    switch (response) {
      case Result(_, ObjectNode result) when Results.type(result).equals("input_required") ->
          ask(result);
      case Result(JsonNode id, ObjectNode result) when Results.type(result).equals("complete") ->
          complete(new Result(id, legacy(result)));
      case Result(_, ObjectNode result) when Results.type(result).equals("task") ->
          begun(Tasks.toLegacy(result));
      case Result(JsonNode id, ObjectNode result) ->
          end(
              Failure.of(
                  id,
                  RpcError.internal(
                      "The server answered with a result of type "
                          + Results.type(result)
                          + ", which this client's revision does not have")));
      case Failure failure when failure.code() == Errors.HEADER_MISMATCH && !headersRenewed -> {
        headersRenewed = true; // the schema of the tool has changed
        schemas.forget();
        start();
      }
      case Failure failure when Tasks.isRequired(failure) && !asTask && tasks.isOffered() -> {
        asTask = true; // and its result is waited for
        start();
      }
      case Failure failure -> complete(Errors.toLegacy(failure, method));
    }
  }

  private ObjectNode legacy(ObjectNode result) {
    ObjectNode legacy = Results.toLegacy(result);
    if (method.equals("tools/list") && tasks.isOffered()) {
      Tasks.offer(legacy);
    }
    return legacy;
  }

  private void complete(Response response) {
    end(wantsTask ? tasks.keep(response) : response);
  }

  /** The client gets the task if it asked for one, and otherwise waits for the result. */
  private void begun(ObjectNode task) {
    if (wantsTask) {
      end(ModernTasks.begun(task));
      return;
    }
    request.send(() -> tasks.await(Tasks.id(task), cause, listener));
  }

  private void ask(ObjectNode result) {
    JsonNode state = result.get("requestState");
    params.remove(List.of("inputResponses", "requestState"));
    if (state != null) {
      params.set("requestState", state);
    }
    List<ClientQuestion> questions = new ArrayList<>();
    result
        .path("inputRequests")
        .forEachEntry((key, request) -> questions.add(new ClientQuestion(key, request)));
    if (rounds >= ROUNDS) {
      end(Failure.of(null, RpcError.internal("The server asks for input again and again")));
    } else if (questions.isEmpty()) {
      start();
    } else {
      synchronized (this) {
        if (over) {
          return;
        }
        asking = List.copyOf(questions);
      }
      questions.forEach(listener::asked);
    }
  }

  /** All questions have been answered once the last one is. */
  private void answeredQuestion() {
    ObjectNode answers = RpcJson.object();
    Failure refused = null;
    synchronized (this) {
      if (asking.isEmpty() || asking.stream().anyMatch(each -> each.answer == null)) {
        return;
      }
      for (ClientQuestion each : asking) {
        switch (each.answer) {
          case Result(_, ObjectNode answer) -> answers.set(each.key, answer);
          case Failure _ when each.method().equals("elicitation/create") ->
              answers.putObject(each.key).put("action", "cancel");
          case Failure failure -> refused = failure;
          case null -> throw new IllegalStateException();
        }
      }
      asking = List.of();
    }
    if (refused != null) {
      end(refused);
    } else {
      params.set("inputResponses", answers);
      start();
    }
  }

  private void end(Response response) {
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

  private synchronized boolean ends() {
    boolean first = !over;
    over = true;
    return first;
  }

  @Override
  public void notified(Notification notification) {
    listener.notified(notification);
  }

  @Override
  public void cancel() {
    if (!ends()) {
      return;
    }
    List<ClientQuestion> unanswered;
    synchronized (this) {
      unanswered = asking;
    }
    unanswered.forEach(ClientQuestion::cancelled);
    request.cancel();
  }

  /** What the client is asked. */
  private final class ClientQuestion implements Peer.Question {
    private final String key;
    private final JsonNode request;
    private @Nullable Response answer;
    private @Nullable Runnable onCancelled;

    ClientQuestion(String key, JsonNode request) {
      this.key = key;
      this.request = request;
    }

    @Override
    public String method() {
      return request.path("method").asString("");
    }

    @Override
    public ObjectNode params() {
      return request.get("params") instanceof ObjectNode given ? given : RpcJson.object();
    }

    @Override
    public void answer(Response response, Cause because) {
      synchronized (RoundTrips.this) {
        if (answer != null) {
          return;
        }
        answer = response;
      }
      answeredQuestion();
    }

    @Override
    public void onCancelled(Runnable action) {
      synchronized (RoundTrips.this) {
        onCancelled = action;
      }
    }

    void cancelled() {
      Runnable action;
      synchronized (RoundTrips.this) {
        action = answer == null ? onCancelled : null;
      }
      if (action != null) {
        action.run();
      }
    }
  }
}
