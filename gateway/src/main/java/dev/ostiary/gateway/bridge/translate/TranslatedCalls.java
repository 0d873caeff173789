package dev.ostiary.gateway.bridge.translate;

import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.LegacyPeer;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcMessage.Notification;
import dev.ostiary.mcp.translate.Capabilities;
import dev.ostiary.mcp.translate.Tasks;
import dev.ostiary.mcp.translate.Welcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The requests of modern clients that run at one legacy backend, and those that wait until their
 * client has answered a question of the backend (2026-07-28, Multi Round-Trip Requests).
 */
final class TranslatedCalls {
  /** How long a call waits for its client to repeat the request with the answers. */
  static final Duration PARKED = Duration.ofMinutes(10);

  /** How many wait in one session; the oldest is given up for another one. */
  private static final int MOST_PARKED = 64;

  /** Of how many tools it is known that they are called as tasks only. */
  private static final int MOST_TOOLS = 4_096;

  private static final Set<String> MULTI_ROUND =
      Set.of("tools/call", "prompts/get", "resources/read");

  final LegacyPeer peer;
  final ObjectNode client;
  final ObjectNode info;
  final LogLevels logs;
  private final Cause opening;
  private final Translations with;
  private final Set<TranslatedCall> running = ConcurrentHashMap.newKeySet();
  private final Map<String, TranslatedCall> parked = new ConcurrentHashMap<>();
  private final Set<String> onlyAsTasks = ConcurrentHashMap.newKeySet();

  /**
   * @param client what the client can do
   * @param opening because of which the conversation is held
   */
  TranslatedCalls(
      LegacyPeer peer, ObjectNode client, LogLevels logs, Cause opening, Translations with) {
    this.peer = peer;
    this.client = client;
    this.info = Welcome.info(peer.welcome());
    this.logs = logs;
    this.opening = opening.unawaited();
    this.with = with;
  }

  Peer.Call request(String method, ObjectNode params, Cause cause, Peer.Listener listener) {
    boolean multiRound = MULTI_ROUND.contains(method);
    if (multiRound && params.has("requestState")) {
      return resume(method, params, cause, listener);
    }
    TranslatedCall call = new TranslatedCall(this, method, params, multiRound, cause, listener);
    call.start();
    return call;
  }

  /** Each state is good for one repetition, of the same request by the same user. */
  private Peer.Call resume(String method, ObjectNode params, Cause cause, Peer.Listener listener) {
    Optional<String> id =
        with.seal().open(params.path("requestState").asString(""), context(cause));
    if (id.isEmpty()) {
      return Failures.refuse(
          listener, RpcError.invalidParams("requestState is not one of this server for this user"));
    }
    TranslatedCall call = parked.get(id.get());
    if (call == null) {
      return Failures.refuse(
          listener,
          RpcError.invalidParams("requestState has expired; send the request without it"));
    }
    if (!call.isOf(method, params)) {
      return Failures.refuse(
          listener, RpcError.invalidParams("requestState belongs to another request"));
    }
    RpcError wrong = call.wrongAnswers(params);
    if (wrong != null) {
      return Failures.refuse(listener, wrong);
    }
    if (!parked.remove(id.get(), call)) {
      return Failures.refuse(
          listener, RpcError.invalidParams("requestState has been used already"));
    }
    call.resume(params, cause, listener);
    return call;
  }

  /** Keeps a call until it is resumed; returns the state for that. */
  String park(TranslatedCall call) {
    String id = UUID.randomUUID().toString();
    parked.put(id, call);
    if (parked.size() > MOST_PARKED) {
      parked.entrySet().stream()
          .min(Comparator.comparing(each -> each.getValue().parkedAt()))
          .ifPresent(oldest -> giveUp(oldest.getKey(), oldest.getValue()));
    }
    return with.seal().seal(id, context(call.cause()));
  }

  private String context(Cause cause) {
    return "request-state " + with.server() + " " + cause.caller().subject().value();
  }

  /** Notes which tools of a list can be called as tasks only. */
  void learn(ObjectNode list) {
    for (JsonNode tool : list.path("tools")) {
      String name = tool.path("name").asString("");
      if (!Tasks.isRequired(tool)) {
        onlyAsTasks.remove(name);
      } else if (onlyAsTasks.size() < MOST_TOOLS) {
        onlyAsTasks.add(name);
      }
    }
  }

  /** Whether a request calls such a tool, as far as that is known. */
  boolean isTaskRequired(String method, ObjectNode params) {
    return method.equals("tools/call")
        && onlyAsTasks.contains(params.path("name").asString(""))
        && hasToolTasks();
  }

  /** Whether the backend runs tool calls as tasks. */
  boolean hasToolTasks() {
    return Capabilities.hasToolTasks(Welcome.capabilities(peer.welcome()));
  }

  Instant now() {
    return with.ticker().now();
  }

  void begun(TranslatedCall call) {
    running.add(call);
  }

  void ended(TranslatedCall call) {
    running.remove(call);
  }

  /** Gives up those whose clients do not come back. */
  void expire(Instant now) {
    parked.forEach(
        (id, call) -> {
          if (now.isAfter(call.parkedAt().plus(PARKED))) {
            giveUp(id, call);
          }
        });
  }

  private void giveUp(String id, TranslatedCall call) {
    if (parked.remove(id, call)) {
      call.cancel();
    }
  }

  /** A log message for no request in particular is for the latest that wants it. */
  void log(Notification message) {
    latest(call -> call.hears(message)).ifPresent(call -> call.notified(message));
  }

  /**
   * A question that the transport does not assign to a request: it is put to the client with the
   * latest request that can carry it, for all of them are of one user.
   */
  void asked(Peer.Question question) {
    latest(TranslatedCall::carriesQuestions)
        .ifPresentOrElse(
            call -> call.asked(question),
            () ->
                question.answer(
                    LegacyPeer.unanswerable("the client cannot be asked outside of a request"),
                    opening));
  }

  private Optional<TranslatedCall> latest(Predicate<TranslatedCall> fits) {
    return running.stream().filter(fits).max(Comparator.comparingLong(TranslatedCall::order));
  }

  void close() {
    List<TranslatedCall> left = new ArrayList<>(running);
    left.addAll(parked.values());
    parked.clear();
    left.forEach(TranslatedCall::cancel);
  }
}
