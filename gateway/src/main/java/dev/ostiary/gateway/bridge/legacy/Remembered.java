package dev.ostiary.gateway.bridge.legacy;

import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.mcp.rpc.RpcMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client has set in its session, and what has to be said again when the conversation with
 * the backend is opened again: that it is initialized, the level of its log, and its subscriptions.
 */
final class Remembered {
  /** How many subscriptions are remembered. */
  static final int SUBSCRIPTIONS = 1_000;

  private static final String SUBSCRIBE = "resources/subscribe";

  private final Map<String, Said> said = new LinkedHashMap<>();

  /**
   * What was said.
   *
   * @param cause with what the policy has allowed
   */
  private record Said(String method, ObjectNode params, Cause cause, boolean request) {}

  /** The client has sent this notification. */
  void notified(String method, ObjectNode params, Cause cause) {
    if (method.equals("notifications/initialized")) {
      keep(method, new Said(method, params.deepCopy(), cause.unawaited(), false));
    }
  }

  /** What the client asks for, in case that it is done. */
  Runnable asking(RpcMessage.Request request, Cause cause) {
    String uri = request.params().path("uri").asString("");
    return switch (request.method()) {
      case "logging/setLevel" -> keeping(request.method(), request, cause);
      case SUBSCRIBE -> keeping(SUBSCRIBE + " " + uri, request, cause);
      case "resources/unsubscribe" -> () -> forget(SUBSCRIBE + " " + uri);
      default -> () -> {};
    };
  }

  private Runnable keeping(String name, RpcMessage.Request request, Cause cause) {
    Said what = new Said(request.method(), request.params().deepCopy(), cause.unawaited(), true);
    return () -> keep(name, what);
  }

  private synchronized void keep(String name, Said what) {
    if (said.size() < SUBSCRIPTIONS || said.containsKey(name)) {
      said.put(name, what);
    }
  }

  private synchronized void forget(String name) {
    said.remove(name);
  }

  private synchronized List<Said> all() {
    return List.copyOf(said.values());
  }

  /** Says it again, on behalf of this call. */
  void repeat(Peer peer, Cause because) {
    for (Said each : all()) {
      Cause cause = new Cause(because.head(), each.cause.judged(), null);
      if (each.request) {
        Peer.Call _ = peer.request(each.method, each.params.deepCopy(), cause, new Unheard());
      } else {
        peer.notify(each.method, each.params.deepCopy(), cause);
      }
    }
  }

  /** The client has had its answer when it asked for the first time. */
  private static final class Unheard implements Peer.Listener {

    @Override
    public void answered(RpcMessage.Response response) {}

    @Override
    public void failed(ChannelFailure failure) {}
  }
}
