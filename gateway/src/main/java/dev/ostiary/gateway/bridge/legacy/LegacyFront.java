package dev.ostiary.gateway.bridge.legacy;

import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.backend.AdmittedListening;
import dev.ostiary.gateway.backend.CallHead;
import dev.ostiary.gateway.bridge.reply.ConversationSettings;
import dev.ostiary.gateway.bridge.reply.EventReply;
import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ClientFacts;
import dev.ostiary.gateway.peer.PeerOpener;
import dev.ostiary.gateway.reply.AnswerForm;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.session.BackendSession;
import dev.ostiary.gateway.session.SealedSessions;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.mcp.Era;
import dev.ostiary.mcp.Message.Batch;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcMessage;
import dev.ostiary.protocol.GrantId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Clients of the legacy era: each session is one conversation with the backend. Sessions live on
 * this node, and belong to a user and grant; to everybody else they are unknown.
 */
public final class LegacyFront {
  private final ConversationSettings settings;
  private final PeerOpener opener;
  private final SealedSessions seal;
  private final Ticker ticker;
  private final Logger log;
  private final SessionTable table;
  private final Ticker.Tickable ticking;

  public LegacyFront(
      ConversationSettings settings,
      PeerOpener opener,
      SealedSessions sessions,
      Ticker ticker,
      Logger log) {
    this.settings = settings;
    this.opener = opener;
    this.seal = sessions;
    this.ticker = ticker;
    this.log = log;
    this.table = new SessionTable(settings, ticker);
    this.ticking = table::tick;
    ticker.add(ticking);
  }

  public void take(AdmittedCall call, CallReply reply) {
    if (call.isRequest("initialize")) {
      begin(call, reply);
      return;
    }
    inSession(
        call.head(),
        call.id(),
        reply,
        session -> {
          switch (call.message()) {
            case Envelope envelope -> one(session, envelope, call, reply);
            case Batch batch -> BatchTaking.take(session, batch, call, reply, settings.streams());
          }
        });
  }

  private void begin(AdmittedCall call, CallReply reply) {
    if (!(RpcMessage.read(call.body()).orElse(null) instanceof RpcMessage.Request request)) {
      unreadable(call, reply);
      return;
    }
    Session session =
        new Session(
            UUID.randomUUID().toString(),
            settings,
            table,
            opener,
            new ClientFacts(Era.LEGACY, request.params()),
            call.head());
    if (table.add(session)) {
      new Beginning(session, settings, seal, ticker, request, call, reply).begin();
    } else {
      log.log(
          Level.WARNING,
          () -> call.requestId() + ": " + settings.name() + " has no room for another session");
      new EventReply(reply, call.id(), form(call), settings.streams(), () -> {})
          .fail(session.full());
    }
  }

  private void one(Session session, Envelope envelope, AdmittedCall call, CallReply reply) {
    RpcMessage message = RpcMessage.read(call.body()).orElse(null);
    switch (message) {
      case RpcMessage.Request request ->
          session.request(
              request,
              call,
              reply,
              onCancel ->
                  new SingleAnswer(
                      new EventReply(
                          reply, envelope.id(), form(call), settings.streams(), onCancel)));
      case RpcMessage.Notification(var method, var params) -> {
        reply.accepted();
        session.notify(method, params, call);
      }
      case RpcMessage.Response response -> {
        reply.accepted();
        session.questions().answer(response, Cause.of(call.head()));
      }
      case null -> unreadable(call, reply);
    }
  }

  private static AnswerForm form(AdmittedCall call) {
    return AnswerForm.of(call.head().request().headers());
  }

  private static void unreadable(AdmittedCall call, CallReply reply) {
    reply.json(
        400, RpcError.invalidRequest("the message cannot be read as a whole").toJson(call.id()));
  }

  /** A GET opens the session's stream, a DELETE ends the session. */
  public void take(AdmittedListening listening, CallReply reply) {
    inSession(
        listening.head(),
        null,
        reply,
        session -> {
          if (listening.method().equals("DELETE")) {
            session.end();
            reply.relay(new Reply(204, Headers.none(), Body.empty()), settings.streams(), () -> {});
          } else if (!session.listen(listening, reply)) {
            reply.json(
                409,
                RpcError.invalidRequest("this session has such a stream already").toJson(null));
          }
        });
  }

  private void inSession(
      CallHead head, @Nullable RawJson id, CallReply reply, Consumer<Session> then) {
    BackendSession named = head.session();
    if (named == null) {
      reply.json(
          400,
          RpcError.invalidRequest("Mcp-Session-Id is missing; begin with initialize").toJson(id));
      return;
    }
    Session session = table.find(named.backendId(), head.caller());
    String version = head.request().headers().first("MCP-Protocol-Version").orElse(null);
    if (session == null) {
      reply.json(404, RpcError.noSession().toJson(id));
    } else if (version != null && !session.serves(version.strip())) {
      reply.json(400, RpcError.unsupportedVersion(version.strip()).toJson(id));
    } else {
      then.accept(session);
    }
  }

  /** The session of this caller by the id that the client has; empty if it is not here. */
  public Optional<BackendSession> open(String clientId, Caller caller) {
    return seal.open(clientId, caller)
        .filter(opened -> table.find(opened.backendId(), caller) != null);
  }

  /** Ends the sessions of a grant. */
  public void ended(GrantId grant) {
    table.ended(grant);
  }

  /** Ends all sessions. */
  public void close() {
    ticker.remove(ticking);
    table.close();
  }
}
