package dev.ostiary.gateway.bridge.translate;

import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.ClientFacts;
import dev.ostiary.gateway.peer.LegacyPeer;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.mcp.Era;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcMessage.Notification;
import dev.ostiary.mcp.rpc.RpcMessage.Result;
import dev.ostiary.mcp.translate.Capabilities;
import dev.ostiary.mcp.translate.Meta;
import dev.ostiary.mcp.translate.Welcome;
import java.time.Instant;
import java.util.Set;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A legacy backend as a modern client has it. Its session belongs to one grant and to what the
 * client has said it can do, so that requests of the client that say otherwise have another one.
 */
final class AsModern implements Peer, Peer.Unsolicited, Ticker.Tickable {
  /** The modern era does not have them any more, or they are only between us and the backend. */
  private static final Set<String> REMOVED =
      Set.of(
          "initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe");

  private final LegacyPeer peer;
  private final ObjectNode server;
  private final ObjectNode welcome;
  private final Translations with;
  private final Unsolicited listener;
  private final LegacySubscriptions subscriptions;
  private final TranslatedCalls calls;
  private final LegacyTasks tasks;

  private AsModern(
      LegacyPeer peer,
      ClientFacts client,
      Cause opening,
      Translations with,
      UnsolicitedRelay unsolicited) {
    this.peer = peer;
    this.server = Welcome.capabilities(peer.welcome());
    this.welcome = Welcome.toModern(peer.welcome());
    this.with = with;
    this.listener = unsolicited.replace(this);
    this.tasks = new LegacyTasks(peer, client.capabilities(), Welcome.info(peer.welcome()));
    this.subscriptions = new LegacySubscriptions(peer, server, client.capabilities(), tasks);
    this.calls =
        new TranslatedCalls(
            peer, client.capabilities(), new LogLevels(peer, server.has("logging")), opening, with);
  }

  static AsModern over(
      LegacyPeer peer,
      ClientFacts client,
      Cause opening,
      Translations with,
      UnsolicitedRelay unsolicited) {
    AsModern translation = new AsModern(peer, client, opening, with, unsolicited);
    with.ticker().add(translation);
    return translation;
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
  public Call request(String method, ObjectNode params, Cause cause, Listener to) {
    if (method.equals("server/discover")) {
      to.answered(new Result(IntNode.valueOf(0), welcome.deepCopy()));
      return Failures.NONE;
    }
    String level = Meta.logLevel(params);
    if (level != null && !LogLevels.isLevel(level)) {
      return Failures.refuse(to, RpcError.invalidParams("no such log level"));
    }
    if (method.equals("subscriptions/listen")) {
      return subscriptions.listen(params, cause, to);
    }
    if (method.startsWith("tasks/") && Capabilities.hasToolTasks(server)) {
      return tasks.request(method, params, cause, to);
    }
    String needed = Capabilities.neededFor(method);
    return REMOVED.contains(method)
            || method.startsWith("tasks/")
            || (needed != null && !server.has(needed))
        ? Failures.refuse(to, RpcError.methodNotFound())
        : calls.request(method, params, cause, to);
  }

  /** There is no notification of the modern era that a legacy backend would know. */
  @Override
  public void notify(String method, ObjectNode params, Cause cause) {}

  /** That takes a request in this era. */
  @Override
  public void listen(Cause cause) {}

  @Override
  public boolean isOpen() {
    return peer.isOpen();
  }

  @Override
  public void close() {
    with.ticker().remove(this);
    subscriptions.end();
    calls.close();
    peer.close();
  }

  @Override
  public void tick(Instant now) {
    calls.expire(now);
  }

  @Override
  public void notified(Notification notification) {
    if (notification.method().equals("notifications/message")) {
      calls.log(notification);
    } else {
      subscriptions.tell(notification);
    }
  }

  @Override
  public void asked(Question question) {
    if (!tasks.asked(question)) {
      calls.asked(question);
    }
  }

  @Override
  public void closed(ChannelFailure failure) {
    with.ticker().remove(this);
    subscriptions.end();
    listener.closed(failure);
  }
}
