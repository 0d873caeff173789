package dev.ostiary.gateway.peer;

import dev.ostiary.gateway.peer.SentRequests.Sent;
import dev.ostiary.http.Headers;
import dev.ostiary.mcp.Era;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.mcp.rpc.RpcMessage;
import dev.ostiary.mcp.rpc.RpcMessage.Notification;
import dev.ostiary.mcp.rpc.RpcMessage.Request;
import dev.ostiary.mcp.rpc.RpcMessage.Response;
import dev.ostiary.mcp.translate.Meta;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A backend of the modern era: each request stands for itself. What belongs to a subscription names
 * it by the id that the request has here, which its receiver replaces.
 */
public final class ModernPeer implements Peer, Channel.Listener {
  private final Channel channel;
  private final SentRequests sent;
  private final Unsolicited unsolicited;
  private volatile ObjectNode welcome = RpcJson.object();

  /**
   * @param ids unique on the channel
   */
  public ModernPeer(Channel channel, AtomicLong ids, Unsolicited unsolicited) {
    this.channel = channel;
    this.sent = new SentRequests(channel, ids);
    this.unsolicited = unsolicited;
  }

  /** What it has answered to {@code server/discover}. */
  public void discovered(ObjectNode result) {
    welcome = result;
  }

  @Override
  public Era era() {
    return Era.MODERN;
  }

  @Override
  public ObjectNode welcome() {
    return welcome;
  }

  @Override
  public Call request(String method, ObjectNode params, Cause cause, Listener listener) {
    return request(method, params, Headers.none(), cause, listener);
  }

  /**
   * Sends a request.
   *
   * @param fields header fields that repeat arguments, where the transport has such
   */
  public Call request(
      String method, ObjectNode params, Headers fields, Cause cause, Listener listener) {
    Sent request = sent.send(method, params, fields, cause, listener);
    return () -> cancel(request);
  }

  /** Whether arguments are repeated in header fields: only requests over HTTP have such. */
  public boolean mirrorsArguments() {
    return channel.cancelsByClosing();
  }

  private void cancel(Sent request) {
    if (!sent.forget(request)) {
      return;
    }
    if (!channel.cancelsByClosing() && sent.isOpen()) {
      ObjectNode params = RpcJson.object().put("requestId", request.id());
      Notification cancelled = new Notification("notifications/cancelled", params);
      channel.send(Outgoing.of(cancelled, request.cause().unawaited(), Headers.none()));
    }
    channel.abandon(request.id());
  }

  /** What a modern client has to notify is in its requests; nothing else is known. */
  @Override
  public void notify(String method, ObjectNode params, Cause cause) {
    if (sent.isOpen()) {
      channel.send(Outgoing.of(new Notification(method, params), cause, Headers.none()));
    }
  }

  /** That takes a request in this era. */
  @Override
  public void listen(Cause cause) {}

  @Override
  public boolean isOpen() {
    return sent.isOpen();
  }

  @Override
  public void close() {
    sent.forgetAll();
    channel.close();
  }

  @Override
  public void received(RpcMessage message, long about) {
    switch (message) {
      case Response response -> sent.answered(response);
      case Notification notification -> notified(notification, about);
      case Request _ -> {} // this era has none (2026-07-28, stdio, Receiving Messages)
    }
  }

  private void notified(Notification notification, long about) {
    if (sent.progressed(notification)) {
      return;
    }
    Sent request = sent.find(about == Channel.NONE ? named(notification.params()) : about);
    if (request == null && notification.method().equals("notifications/message")) {
      request = sent.latest(each -> Meta.logLevel(each.params()) != null);
    }
    if (request != null) {
      request.listener().notified(notification);
    }
  }

  private static long named(ObjectNode params) {
    ObjectNode meta = Meta.of(params);
    JsonNode id = meta == null ? null : meta.get(Meta.SUBSCRIPTION);
    return id != null && id.isIntegralNumber() ? id.asLong(Channel.NONE) : Channel.NONE;
  }

  @Override
  public void failed(long request, ChannelFailure failure) {
    sent.failed(request, failure);
  }

  @Override
  public void closed(ChannelFailure failure) {
    sent.failAll(failure);
    unsolicited.closed(failure);
  }
}
