package dev.ostiary.gateway.peer;

import dev.ostiary.gateway.peer.SentRequests.Sent;
import dev.ostiary.http.Headers;
import dev.ostiary.mcp.Era;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.mcp.rpc.RpcMessage;
import dev.ostiary.mcp.rpc.RpcMessage.Notification;
import dev.ostiary.mcp.rpc.RpcMessage.Request;
import dev.ostiary.mcp.rpc.RpcMessage.Response;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A backend of the legacy era, from {@code initialize} on (2025-11-25, Lifecycle). */
public final class LegacyPeer implements Peer, Channel.Listener {
  /** What is told to all, even where it comes on the stream of a request. */
  private static final Set<String> FOR_ALL =
      Set.of(
          "notifications/tools/list_changed",
          "notifications/prompts/list_changed",
          "notifications/resources/list_changed",
          "notifications/resources/updated",
          "notifications/tasks/status",
          "notifications/elicitation/complete");

  private final Channel channel;
  private final SentRequests sent;
  private final Cause opening;
  private final Unsolicited unsolicited;
  private final ConcurrentMap<JsonNode, BackendQuestion> questions = new ConcurrentHashMap<>();
  private volatile ObjectNode welcome = RpcJson.object();

  /**
   * @param ids unique on the channel
   * @param opening because of which the conversation is held
   */
  public LegacyPeer(Channel channel, AtomicLong ids, Cause opening, Unsolicited unsolicited) {
    this.channel = channel;
    this.sent = new SentRequests(channel, ids);
    this.opening = opening.unawaited();
    this.unsolicited = unsolicited;
  }

  /** What it has answered to {@code initialize}. */
  public void initialized(ObjectNode result) {
    welcome = result;
  }

  @Override
  public Era era() {
    return Era.LEGACY;
  }

  @Override
  public ObjectNode welcome() {
    return welcome;
  }

  @Override
  public Call request(String method, ObjectNode params, Cause cause, Listener listener) {
    Sent request = sent.send(method, params, Headers.none(), cause, listener);
    return () -> cancel(request);
  }

  private void cancel(Sent request) {
    if (sent.forget(request)) {
      ObjectNode params = RpcJson.object().put("requestId", request.id());
      notify("notifications/cancelled", params, request.cause().unawaited());
      channel.abandon(request.id());
    }
  }

  @Override
  public void notify(String method, ObjectNode params, Cause cause) {
    if (sent.isOpen()) {
      channel.send(Outgoing.of(new Notification(method, params), cause, Headers.none()));
    }
  }

  @Override
  public void listen(Cause cause) {
    channel.listen(cause);
  }

  @Override
  public boolean isOpen() {
    return sent.isOpen();
  }

  @Override
  public void close() {
    sent.forgetAll();
    channel.close();
    forgetQuestions();
  }

  @Override
  public void received(RpcMessage message, long about) {
    switch (message) {
      case Response response -> sent.answered(response);
      case Notification notification -> notified(notification, about);
      case Request request -> asked(request, about);
    }
  }

  private void notified(Notification notification, long about) {
    if (sent.progressed(notification)) {
      return;
    }
    if (notification.method().equals("notifications/cancelled")) {
      JsonNode id = notification.params().get("requestId");
      BackendQuestion question = id == null ? null : questions.remove(id);
      if (question != null) {
        question.cancelled();
      }
      return;
    }
    Sent request = FOR_ALL.contains(notification.method()) ? null : sent.find(about);
    if (request == null) {
      unsolicited.notified(notification);
    } else {
      request.listener().notified(notification);
    }
  }

  private void asked(Request request, long about) {
    BackendQuestion question = new BackendQuestion(request);
    if (request.method().equals("ping")) {
      question.answer(new RpcMessage.Result(request.id(), RpcJson.object()), opening);
      return;
    }
    questions.put(request.id(), question);
    Sent during = sent.find(about);
    if (during == null) {
      unsolicited.asked(question);
    } else {
      during.listener().asked(question);
    }
  }

  @Override
  public void failed(long request, ChannelFailure failure) {
    sent.failed(request, failure);
  }

  @Override
  public void closed(ChannelFailure failure) {
    sent.failAll(failure);
    forgetQuestions();
    unsolicited.closed(failure);
  }

  private void forgetQuestions() {
    questions.values().forEach(BackendQuestion::cancelled);
    questions.clear();
  }

  /** A request of the backend that waits for the client. */
  private final class BackendQuestion implements Question {
    private final Request request;
    private @Nullable Runnable onCancelled;
    private boolean over;

    BackendQuestion(Request request) {
      this.request = request;
    }

    @Override
    public String method() {
      return request.method();
    }

    @Override
    public ObjectNode params() {
      return request.params();
    }

    @Override
    public void answer(Response response, Cause cause) {
      synchronized (this) {
        if (over) {
          return;
        }
        over = true;
      }
      questions.remove(request.id(), this);
      channel.send(Outgoing.of((RpcMessage) response.to(request.id()), cause, Headers.none()));
    }

    @Override
    public void onCancelled(Runnable action) {
      boolean already;
      synchronized (this) {
        already = over;
        onCancelled = action;
      }
      if (already) {
        action.run();
      }
    }

    void cancelled() {
      Runnable then;
      synchronized (this) {
        if (over) {
          return;
        }
        over = true;
        then = onCancelled;
      }
      if (then != null) {
        then.run();
      }
    }
  }

  /** The answer to a question that cannot be put to the client. */
  public static Response unanswerable(String why) {
    return RpcMessage.Failure.of(null, RpcError.invalidRequest(why));
  }
}
