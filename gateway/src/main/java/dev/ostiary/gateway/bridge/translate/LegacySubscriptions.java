package dev.ostiary.gateway.bridge.translate;

import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.LegacyPeer;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.mcp.rpc.RpcMessage;
import dev.ostiary.mcp.rpc.RpcMessage.Notification;
import dev.ostiary.mcp.translate.Capabilities;
import dev.ostiary.mcp.translate.Capabilities.Changing;
import dev.ostiary.mcp.translate.Results;
import dev.ostiary.mcp.translate.Tasks;
import dev.ostiary.mcp.translate.Welcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code subscriptions/listen} of the modern era before a backend that has a stream for everything
 * that it says unasked, and {@code resources/subscribe} (2026-07-28, Subscriptions).
 */
final class LegacySubscriptions {
  /** How many resources one backend session is asked to watch. */
  private static final int RESOURCES = 1_000;

  /** What is held back until a subscription is acknowledged. */
  private static final int EARLY = 64;

  private final LegacyPeer peer;
  private final ObjectNode server;
  private final ObjectNode client;
  private final ObjectNode info;
  private final LegacyTasks tasks;
  private final List<Subscription> all = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> watched = new HashMap<>();

  /**
   * @param client what the client can do
   */
  LegacySubscriptions(LegacyPeer peer, ObjectNode server, ObjectNode client, LegacyTasks tasks) {
    this.peer = peer;
    this.server = server;
    this.client = client;
    this.info = Welcome.info(peer.welcome());
    this.tasks = tasks;
  }

  Peer.Call listen(ObjectNode params, Cause cause, Peer.Listener listener) {
    List<Changing> declared =
        Changing.ALL.stream().filter(changing -> changing.isDeclared(server)).toList();
    boolean watches = Capabilities.hasSubscriptions(server);
    boolean tellsOfTasks = Capabilities.hasToolTasks(server);
    if (declared.isEmpty() && !watches && !tellsOfTasks) {
      return Failures.refuse(listener, RpcError.methodNotFound());
    }
    JsonNode filter = params.path("notifications");
    if (filter.has("taskIds") && !Capabilities.hasTasks(client)) {
      return Failures.refuse(listener, Tasks.undeclared());
    }
    Subscription subscription = new Subscription(cause, listener);
    for (Changing changing : declared) {
      if (filter.path(changing.filter()).asBoolean(false)) {
        subscription.methods.add(changing.notification());
        subscription.honored.put(changing.filter(), true);
      }
    }
    if (tellsOfTasks && filter.has("taskIds")) {
      subscription.honored.set("taskIds", filter.path("taskIds"));
      filter.path("taskIds").forEach(task -> subscription.tasks.add(task.asString("")));
    }
    all.add(subscription);
    peer.listen(cause);
    List<String> uris =
        watches
            ? filter.path("resourceSubscriptions").valueStream().map(JsonNode::asString).toList()
            : List.of();
    subscription.watch(new LinkedHashSet<>(uris));
    return () -> remove(subscription);
  }

  /** Something has changed: those hear of it who asked for that. */
  void tell(Notification notification) {
    if (notification.method().equals("notifications/tasks/status")) {
      String task = Tasks.id(notification.params());
      all.stream()
          .filter(subscription -> subscription.tasks.contains(task))
          .forEach(subscription -> subscription.tellOfTask(task));
    } else {
      all.forEach(subscription -> subscription.tell(notification));
    }
  }

  /** The backend will say nothing more: all of them end in order. */
  void end() {
    for (Subscription subscription : List.copyOf(all)) {
      if (all.remove(subscription)) {
        ObjectNode result = Results.toModern("subscriptions/listen", RpcJson.object(), info);
        subscription.listener.answered(new RpcMessage.Result(IntNode.valueOf(0), result));
      }
    }
  }

  private void remove(Subscription subscription) {
    if (all.remove(subscription)) {
      subscription.uris.forEach(uri -> unwatch(uri, subscription.cause));
    }
  }

  /** Returns whether the backend has to be told; null if it is one too many. */
  private synchronized boolean watch(String uri) {
    return watched.merge(uri, 1, Integer::sum) == 1;
  }

  private synchronized boolean hasRoom(String uri) {
    return watched.containsKey(uri) || watched.size() < RESOURCES;
  }

  /** One less watches it; returns whether it was the last one. */
  private synchronized boolean unwatched(String uri) {
    return watched.computeIfPresent(uri, (_, count) -> count == 1 ? null : count - 1) == null;
  }

  private void unwatch(String uri, Cause cause) {
    if (unwatched(uri) && peer.isOpen()) {
      ObjectNode params = RpcJson.object().put("uri", uri);
      peer.request("resources/unsubscribe", params, cause.unawaited(), new Unheard(() -> {}));
    }
  }

  /** One of them. */
  private final class Subscription {
    private final Cause cause;
    private final Peer.Listener listener;
    private final Set<String> methods = new LinkedHashSet<>();
    private final Set<String> uris = new LinkedHashSet<>();
    private final Set<String> tasks = new LinkedHashSet<>();
    private final ObjectNode honored = RpcJson.object();
    private List<Notification> early = new ArrayList<>();
    private boolean acknowledged;

    Subscription(Cause cause, Peer.Listener listener) {
      this.cause = cause;
      this.listener = listener;
    }

    void watch(Set<String> wanted) {
      wanted.removeIf(uri -> !hasRoom(uri));
      List<String> toSay = new ArrayList<>();
      synchronized (this) {
        uris.addAll(wanted);
      }
      for (String uri : wanted) {
        if (LegacySubscriptions.this.watch(uri)) {
          toSay.add(uri);
        }
      }
      AtomicInteger open = new AtomicInteger(toSay.size() + 1);
      for (String uri : toSay) {
        peer.request(
            "resources/subscribe",
            RpcJson.object().put("uri", uri),
            cause.unawaited(),
            new Unheard(() -> countDown(open)) {
              @Override
              public void answered(RpcMessage.Response response) {
                if (response instanceof RpcMessage.Failure) {
                  refused(uri);
                }
                super.answered(response);
              }
            });
      }
      countDown(open);
    }

    private void refused(String uri) {
      boolean counted;
      synchronized (this) {
        counted = uris.remove(uri);
      }
      if (counted) {
        unwatched(uri);
      }
    }

    private void countDown(AtomicInteger open) {
      if (open.decrementAndGet() == 0) {
        acknowledge();
      }
    }

    private void acknowledge() {
      ObjectNode params = RpcJson.object();
      List<Notification> held;
      synchronized (this) {
        if (!uris.isEmpty()) {
          ArrayNode named = honored.putArray("resourceSubscriptions");
          uris.forEach(named::add);
        }
        params.set("notifications", honored);
        listener.notified(new Notification("notifications/subscriptions/acknowledged", params));
        held = early;
        early = List.of();
        acknowledged = true;
        held.forEach(listener::notified);
      }
    }

    /** With all that {@code tasks/get} would say of it. */
    void tellOfTask(String task) {
      LegacySubscriptions.this.tasks.state(
          task,
          cause.unawaited(),
          new Unheard(() -> {}),
          state -> pass(new Notification("notifications/tasks", state)));
    }

    void tell(Notification notification) {
      if (isWanted(notification)) {
        pass(new Notification(notification.method(), notification.params().deepCopy()));
      }
    }

    private synchronized boolean isWanted(Notification notification) {
      return notification.method().equals("notifications/resources/updated")
          ? uris.contains(notification.params().path("uri").asString(""))
          : methods.contains(notification.method());
    }

    private synchronized void pass(Notification own) {
      if (acknowledged) {
        listener.notified(own);
      } else if (early.size() < EARLY) {
        early.add(own);
      }
    }
  }

  /** Does something when a request has ended in any way. */
  private static class Unheard implements Peer.Listener {
    private final Runnable then;

    Unheard(Runnable then) {
      this.then = then;
    }

    @Override
    public void answered(RpcMessage.Response response) {
      then.run();
    }

    @Override
    public void failed(ChannelFailure failure) {
      then.run();
    }
  }
}
