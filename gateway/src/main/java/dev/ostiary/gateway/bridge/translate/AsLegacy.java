package dev.ostiary.gateway.bridge.translate;

import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.ClientFacts;
import dev.ostiary.gateway.peer.ModernPeer;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.mcp.Era;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.mcp.rpc.RpcMessage.Notification;
import dev.ostiary.mcp.rpc.RpcMessage.Result;
import dev.ostiary.mcp.translate.Meta;
import dev.ostiary.mcp.translate.Welcome;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A modern backend as a legacy client has it, in a session that only we keep: what the client said
 * once goes with each request.
 */
final class AsLegacy implements Peer, Peer.Unsolicited {
  private final ModernPeer peer;
  private final ClientFacts client;
  private final ObjectNode server;
  private final ObjectNode welcome;
  private final Unsolicited listener;
  private final ModernSubscriptions subscriptions;
  private final ToolHeaders headers;
  private volatile @Nullable String logLevel;

  private AsLegacy(
      ModernPeer peer, ClientFacts client, Translations with, UnsolicitedRelay unsolicited) {
    this.peer = peer;
    this.client = client;
    this.server = Welcome.capabilities(peer.welcome());
    this.welcome =
        Welcome.toLegacy(peer.welcome(), client.initialize().path("protocolVersion").asString(""));
    this.listener = unsolicited.replace(this);
    this.subscriptions =
        new ModernSubscriptions(peer, server, this::stamp, this.listener, with.ticker());
    this.headers = new ToolHeaders(peer, this::stamp, with.ticker());
  }

  static AsLegacy over(
      ModernPeer peer, ClientFacts client, Translations with, UnsolicitedRelay unsolicited) {
    return new AsLegacy(peer, client, with, unsolicited);
  }

  /** Puts in what a modern request has to say of its client. */
  private void stamp(ObjectNode params) {
    Meta.stamp(params, client.initialize(), logLevel);
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
  public Call request(String method, ObjectNode params, Cause cause, Listener to) {
    return switch (method) {
      case "ping" -> done(to);
      case "initialize" ->
          Failures.refuse(to, RpcError.invalidRequest("the session is initialized already"));
      case "logging/setLevel" -> setLevel(params, to);
      case "resources/subscribe", "resources/unsubscribe" -> subscribe(method, params, cause, to);
      default -> {
        RoundTrips call = new RoundTrips(peer, headers, this::stamp, method, params, cause, to);
        call.start();
        yield call;
      }
    };
  }

  private static Call done(Listener to) {
    to.answered(new Result(IntNode.valueOf(0), RpcJson.object()));
    return Failures.NONE;
  }

  private Call setLevel(ObjectNode params, Listener to) {
    String level = params.path("level").asString("");
    if (!server.has("logging")) {
      return Failures.refuse(to, RpcError.methodNotFound());
    }
    if (!LogLevels.isLevel(level)) {
      return Failures.refuse(to, RpcError.invalidParams("no such log level"));
    }
    logLevel = level;
    return done(to);
  }

  private Call subscribe(String method, ObjectNode params, Cause cause, Listener to) {
    String uri = params.path("uri").asString("");
    if (method.equals("resources/subscribe")) {
      return subscriptions.subscribe(uri, cause, to);
    }
    subscriptions.unsubscribe(uri, cause);
    return done(to);
  }

  /** What a legacy client tells beside its requests has no place in the modern era. */
  @Override
  public void notify(String method, ObjectNode params, Cause cause) {}

  @Override
  public void listen(Cause cause) {
    subscriptions.listen(cause);
  }

  @Override
  public boolean isOpen() {
    return peer.isOpen();
  }

  @Override
  public void close() {
    subscriptions.close();
    peer.close();
  }

  @Override
  public void notified(Notification notification) {
    listener.notified(notification);
  }

  @Override
  public void asked(Question question) {
    listener.asked(question);
  }

  @Override
  public void closed(ChannelFailure failure) {
    subscriptions.close();
    listener.closed(failure);
  }
}
