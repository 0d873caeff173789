package dev.ostiary.gateway.peer;

import dev.ostiary.http.Headers;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcMessage;
import dev.ostiary.mcp.rpc.RpcMessage.Notification;
import java.util.Comparator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;

/** The requests of one conversation that wait for their answers, by ids of our own. */
final class SentRequests {
  private static final ChannelFailure CLOSED =
      new ChannelFailure.Ended(RpcError.internal("The conversation is over"), true);

  private final Channel channel;
  private final AtomicLong ids;
  private final ConcurrentMap<Long, Sent> waiting = new ConcurrentHashMap<>();
  private volatile @Nullable ChannelFailure over;

  /**
   * @param ids unique on the channel
   */
  SentRequests(Channel channel, AtomicLong ids) {
    this.channel = channel;
    this.ids = ids;
  }

  /** One of them. */
  record Sent(
      long id, ObjectNode params, @Nullable JsonNode token, Cause cause, Peer.Listener listener) {}

  Sent send(String method, ObjectNode params, Headers fields, Cause cause, Peer.Listener listener) {
    long id = ids.incrementAndGet();
    JsonNode token = ProgressTokens.replace(params, id);
    Sent sent = new Sent(id, params, token, cause, listener);
    waiting.put(id, sent);
    ChannelFailure ended = over;
    if (ended != null) {
      failed(id, CLOSED);
    } else {
      var request = new RpcMessage.Request(LongNode.valueOf(id), method, params);
      channel.send(Outgoing.of(request, cause, fields));
    }
    return sent;
  }

  @Nullable Sent find(long id) {
    return waiting.get(id);
  }

  /** Nothing more is wanted of it. Returns whether it was waiting. */
  boolean forget(Sent sent) {
    return waiting.remove(sent.id(), sent);
  }

  void answered(RpcMessage.Response response) {
    Sent sent = waiting.remove(Channel.ownId(response));
    if (sent != null) {
      sent.listener().answered(response);
    }
  }

  /** Progress of a request, with the token that its sender knows. Returns whether it was that. */
  boolean progressed(Notification notification) {
    if (!notification.method().equals("notifications/progress")) {
      return false;
    }
    Sent sent = waiting.get(ProgressTokens.request(notification.params()));
    if (sent != null && sent.token() != null) {
      notification.params().set("progressToken", sent.token());
      sent.listener().notified(notification);
    }
    return true;
  }

  void failed(long id, ChannelFailure failure) {
    Sent sent = waiting.remove(id);
    if (sent != null) {
      sent.listener().failed(failure);
    }
  }

  /** All of them fail, and those that come later. */
  void failAll(ChannelFailure failure) {
    over = failure;
    waiting.keySet().forEach(id -> failed(id, failure));
  }

  /** Their listeners hear nothing more. */
  void forgetAll() {
    over = CLOSED;
    waiting.clear();
  }

  boolean isOpen() {
    return over == null;
  }

  /** The one that was sent last and fits; null if none does. */
  @Nullable Sent latest(Predicate<Sent> fits) {
    return waiting.values().stream()
        .filter(fits)
        .max(Comparator.comparingLong(Sent::id))
        .orElse(null);
  }
}
