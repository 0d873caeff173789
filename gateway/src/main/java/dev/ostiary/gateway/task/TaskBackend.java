package dev.ostiary.gateway.task;

import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.backend.AdmittedListening;
import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.backend.CallHead;
import dev.ostiary.gateway.backend.SessionBackend;
import dev.ostiary.gateway.policy.PolicyEvaluator;
import dev.ostiary.gateway.reply.BackendErrors;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.session.BackendSession;
import dev.ostiary.gateway.session.SessionSeal;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Request;
import dev.ostiary.mcp.HeaderText;
import dev.ostiary.mcp.Message;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.mcp.translate.Capabilities;
import dev.ostiary.mcp.translate.Meta;
import dev.ostiary.mcp.translate.Tasks;
import dev.ostiary.protocol.GrantId;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A backend whose tasks belong to the grants that started them: to another grant, a task does not
 * exist. Messages that have nothing to do with tasks pass as they are.
 */
public final class TaskBackend<B extends Backend & SessionBackend>
    implements Backend, SessionBackend {
  private static final Set<String> OF_EXTENSION =
      Set.of("tasks/get", "tasks/update", "tasks/cancel");

  private final B backend;
  private final String name;
  private final TaskIds ids;
  private final Ticker ticker;

  /**
   * @param name of the server, as in the configuration
   * @param resource the identifier (RFC 8707) that clients know the server by
   */
  public TaskBackend(B backend, String name, String resource, SessionSeal seal, Ticker ticker) {
    this.backend = backend;
    this.name = name;
    this.ids = new TaskIds(resource, seal);
    this.ticker = ticker;
  }

  @Override
  public void take(AdmittedCall call, CallReply reply) {
    if (!TaskRequest.isPossible(call.body())) {
      backend.take(call, reply);
      return;
    }
    if (call.revision().isModern() && isOther(call.message())) {
      reply.json(404, RpcError.methodNotFound().toJson(call.id()));
      return;
    }
    if (call.revision().isModern() && isOfExtension(call.message()) && !declares(call.body())) {
      reply.json(400, Tasks.undeclared().toJson(call.id()));
      return;
    }
    Optional<TaskRequest> read = TaskRequest.read(call.body(), ids, call.caller());
    if (read.isEmpty()) {
      RpcError none = RpcError.invalidParams("no such task");
      reply.json(200, none.toJson(call.id()));
      return;
    }
    TaskRequest request = read.get();
    JsonNode changed = request.changed();
    AdmittedCall own = changed == null ? call : with(call, changed, request.task());
    backend.take(
        own,
        new TaskReply(
            reply,
            new TaskAnswer(ids, call.caller(), request.tasks()),
            ticker,
            () -> BackendErrors.unreadable(name).toJson(call.id())));
  }

  /** Whether it is about tasks in a way that the extension does not have. */
  private static boolean isOther(WellFormed message) {
    return message instanceof Envelope envelope
        && envelope.method().startsWith("tasks/")
        && !OF_EXTENSION.contains(envelope.method());
  }

  private static boolean isOfExtension(WellFormed message) {
    return message instanceof Envelope envelope && OF_EXTENSION.contains(envelope.method());
  }

  /** Whether the client of a request has the extension, and so may ask for tasks. */
  private static boolean declares(byte[] request) {
    return RpcJson.object(request)
        .filter(
            message ->
                message.get("params") instanceof ObjectNode params
                    && Meta.initialize(params).get("capabilities") instanceof ObjectNode client
                    && Capabilities.hasTasks(client))
        .isPresent();
  }

  /** The same call with the backend's ids, also where a header field repeats one. */
  private static AdmittedCall with(AdmittedCall call, JsonNode message, @Nullable String task) {
    if (!(Message.scan(RpcJson.bytes(message)) instanceof WellFormed wellFormed)) {
      throw new IllegalStateException("a message that cannot be read again");
    }
    CallHead head = call.head();
    Request request = head.request();
    Headers headers = request.headers();
    if (task != null && headers.has("Mcp-Name")) {
      headers = headers.replace("Mcp-Name", HeaderText.encode(task));
    }
    Request own =
        new Request(
            request.id(),
            request.method(),
            request.path(),
            request.query(),
            headers,
            request.body(),
            request.remote());
    return new AdmittedCall(
        new CallHead(own, head.caller(), head.revision(), head.session()),
        PolicyEvaluator.translated(wellFormed, call.judged()));
  }

  @Override
  public void take(AdmittedListening listening, CallReply reply) {
    backend.take(
        listening,
        new TaskReply(
            reply,
            new TaskAnswer(ids, listening.caller(), Set.of()),
            ticker,
            () -> BackendErrors.unreadable(name).toJson(null)));
  }

  @Override
  public Optional<BackendSession> open(String clientId, Caller caller) {
    return backend.open(clientId, caller);
  }

  @Override
  public Optional<String> openEvent(String clientId, BackendSession session, Caller caller) {
    return backend.openEvent(clientId, session, caller);
  }

  @Override
  public boolean isPersonal() {
    return backend.isPersonal();
  }

  @Override
  public Optional<SessionBackend> sessions() {
    return Optional.of(this);
  }

  @Override
  public void ended(GrantId grant) {
    backend.ended(grant);
  }
}
