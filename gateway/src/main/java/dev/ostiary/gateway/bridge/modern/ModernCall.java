package dev.ostiary.gateway.bridge.modern;

import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.bridge.reply.ConversationSettings;
import dev.ostiary.gateway.bridge.reply.EventReply;
import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.LatestRequest;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.gateway.peer.PeerOpener.Opening;
import dev.ostiary.gateway.reply.AnswerForm;
import dev.ostiary.gateway.reply.BackendErrors;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.http.Headers;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.mcp.rpc.RpcMessage;
import dev.ostiary.mcp.rpc.RpcMessage.Failure;
import dev.ostiary.mcp.rpc.RpcMessage.Notification;
import dev.ostiary.mcp.rpc.RpcMessage.Request;
import dev.ostiary.mcp.rpc.RpcMessage.Response;
import dev.ostiary.mcp.rpc.RpcMessage.Result;
import dev.ostiary.mcp.translate.Errors;
import dev.ostiary.mcp.translate.Meta;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request of a modern client. It gets JSON, or a stream of events that ends with the answer; if
 * it disconnects, the backend is told that the request is cancelled.
 */
final class ModernCall implements Peer.Listener, Ticker.Tickable {
  private static final Duration BUSY = Duration.ofSeconds(5);

  private final ConversationSettings settings;
  private final Conversations conversations;
  private final Ticker ticker;
  private final AdmittedCall call;
  private final Request request;
  private final Cause cause;
  private final EventReply reply;
  private final boolean listens;
  private volatile Instant heard;
  private @Nullable Conversation conversation;
  private final LatestRequest sent = new LatestRequest();
  private boolean repeated;
  private boolean over;

  ModernCall(
      ConversationSettings settings,
      Conversations conversations,
      Ticker ticker,
      AdmittedCall call,
      Request request,
      CallReply reply) {
    this.settings = settings;
    this.conversations = conversations;
    this.ticker = ticker;
    this.call = call;
    this.request = request;
    this.cause = Cause.of(call, reply);
    this.listens = request.method().equals("subscriptions/listen");
    this.heard = ticker.now();
    this.reply =
        new EventReply(
            reply,
            call.id(),
            AnswerForm.of(call.head().request().headers()),
            settings.streams(),
            this::cancel);
  }

  void begin() {
    if (listens && !reply.isStreamable()) {
      RpcError form = RpcError.invalidRequest("the answer is a stream: accept text/event-stream");
      reply.answer(406, form.toJson(call.id()));
      return;
    }
    ticker.add(this);
    Conversation.Key key = Conversation.Key.of(call.caller(), Meta.initialize(request.params()));
    Optional<Conversation> found = conversations.enter(key, cause);
    if (found.isEmpty()) {
      fail(new ChannelFailure.Unavailable(503, BackendErrors.busy(settings.name()), BUSY, null));
      return;
    }
    conversation = found.get();
    var _ = conversation.opening().thenAccept(this::opened);
  }

  private void opened(Opening opening) {
    switch (opening) {
      case Opening.Open(Peer peer) when request.method().equals("tools/call") -> checkFields(peer);
      case Opening.Open(Peer peer) -> send(peer);
      case Opening.Refused(Failure failure) ->
          answered(Errors.toModern(new Failure(failure.id(), failure.error().deepCopy())));
      case Opening.Failed(ChannelFailure failure) -> failed(failure);
    }
  }

  /**
   * A backend without headers of its own cannot compare {@code Mcp-Param-*} with the arguments that
   * they repeat.
   */
  private void checkFields(Peer peer) {
    Conversation in;
    synchronized (this) {
      in = conversation;
    }
    if (in == null) {
      return;
    }
    Headers given = call.head().request().headers();
    in.schemas(peer, ticker)
        .of(
            request.params(),
            cause,
            mirrored -> {
              Optional<String> wrong =
                  mirrored.mismatch(
                      request.params().get("arguments") instanceof ObjectNode arguments
                          ? arguments
                          : RpcJson.object(),
                      field ->
                          given.has(field) ? String.join(", ", given.all(field)).strip() : null);
              wrong.ifPresentOrElse(
                  why -> answered(Failure.of(request.id(), RpcError.headerMismatch(why))),
                  () -> send(peer));
            });
  }

  private void send(Peer peer) {
    synchronized (this) {
      if (over) {
        return;
      }
    }
    sent.send(() -> peer.request(request.method(), request.params().deepCopy(), cause, this));
  }

  @Override
  public void notified(Notification notification) {
    heard = ticker.now();
    if (listens) {
      Meta.in(notification.params()).set(Meta.SUBSCRIPTION, request.id());
    }
    if (!reply.send(notification.toJson()) && listens) {
      cancel();
    }
  }

  @Override
  public void answered(Response response) {
    if (!ends()) {
      return;
    }
    if (listens && response instanceof Result(_, ObjectNode result)) {
      Meta.in(result).set(Meta.SUBSCRIPTION, request.id());
    }
    int status = response instanceof Failure failure ? Errors.status(failure) : 200;
    reply.answer(status, ((RpcMessage) response.to(request.id())).toJson());
  }

  @Override
  public void failed(ChannelFailure failure) {
    boolean again = failure instanceof ChannelFailure.Ended(_, boolean untouched) && untouched;
    synchronized (this) {
      again &= !repeated && !over;
      repeated = true;
    }
    if (again) {
      synchronized (this) {
        if (conversation != null) {
          conversation.end(); // it takes no more requests, even if that has not been said yet
        }
      }
      leave();
      begin(); // the session was lost before the request was looked at
    } else {
      fail(failure);
    }
  }

  private void fail(ChannelFailure failure) {
    if (ends()) {
      reply.fail(failure);
    }
  }

  private void cancel() {
    if (ends()) {
      sent.cancel(); // the backend is told that the client does not wait for its answer any more
    }
  }

  private boolean ends() {
    synchronized (this) {
      if (over) {
        return false;
      }
      over = true;
    }
    ticker.remove(this);
    leave();
    return true;
  }

  private void leave() {
    Conversation in;
    synchronized (this) {
      in = conversation;
      conversation = null;
    }
    if (in != null) {
      in.leave(ticker.now());
    }
  }

  /** A stream that has begun is looked after as all streams are. */
  @Override
  public void tick(Instant now) {
    if (!listens && !reply.isBegun() && now.isAfter(heard.plus(settings.answer()))) {
      if (ends()) {
        RpcError late = BackendErrors.late(settings.name());
        reply.fail(new ChannelFailure.Unavailable(504, late, null, null));
        sent.cancel();
      }
    }
  }
}
