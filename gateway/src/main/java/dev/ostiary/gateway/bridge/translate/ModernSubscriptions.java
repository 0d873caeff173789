package dev.ostiary.gateway.bridge.translate;

import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.ModernPeer;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.gateway.policy.Judged;
import dev.ostiary.gateway.policy.PolicyEvaluator;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.mcp.rpc.RpcMessage.Failure;
import dev.ostiary.mcp.rpc.RpcMessage.Notification;
import dev.ostiary.mcp.rpc.RpcMessage.Response;
import dev.ostiary.mcp.rpc.RpcMessage.Result;
import dev.ostiary.mcp.translate.Capabilities;
import dev.ostiary.mcp.translate.Capabilities.Changing;
import dev.ostiary.mcp.translate.Errors;
import dev.ostiary.mcp.translate.Meta;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a legacy client hears unasked, from a modern backend: one {@code subscriptions/listen} for
 * all that the client listens to. It cannot be changed while it runs, so that another one takes its
 * place, and ends it once that is acknowledged (2026-07-28, Subscriptions).
 */
final class ModernSubscriptions implements Ticker.Tickable {
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Failure NOT_BEGUN =
      Failure.of(null, RpcError.internal("The subscription ended before it began"));

  private final ModernPeer peer;
  private final ObjectNode server;
  private final Consumer<ObjectNode> stamp;
  private final Peer.Unsolicited listener;
  private final Ticker ticker;
  private final Map<String, Cause> watched = new LinkedHashMap<>();
  private @Nullable Cause listening;
  private @Nullable Listen current;
  private @Nullable Instant again;
  private boolean closed;

  ModernSubscriptions(
      ModernPeer peer,
      ObjectNode server,
      Consumer<ObjectNode> stamp,
      Peer.Unsolicited listener,
      Ticker ticker) {
    this.peer = peer;
    this.server = server;
    this.stamp = stamp;
    this.listener = listener;
    this.ticker = ticker;
  }

  /** The client has opened its stream: it hears of lists that change. */
  void listen(Cause cause) {
    synchronized (this) {
      if (listening != null || closed) {
        return;
      }
      listening = cause.unawaited();
    }
    boolean changes = Changing.ALL.stream().anyMatch(each -> each.isDeclared(server));
    if (changes) {
      renew(List.of());
    }
  }

  Peer.Call subscribe(String uri, Cause cause, Peer.Listener to) {
    if (!Capabilities.hasSubscriptions(server)) {
      return Failures.refuse(to, RpcError.methodNotFound());
    }
    synchronized (this) {
      watched.put(uri, cause.unawaited());
    }
    renew(List.of(new Waiting(uri, to)));
    return Failures.NONE;
  }

  void unsubscribe(String uri, Cause cause) {
    boolean known;
    synchronized (this) {
      known = watched.remove(uri) != null;
    }
    if (known) {
      renew(List.of());
    }
  }

  /** A client that waits for its subscription to hold. */
  private record Waiting(String uri, Peer.Listener to) {}

  private void renew(List<Waiting> added) {
    Listen next;
    synchronized (this) {
      if (closed) {
        return;
      }
      List<Waiting> waiting = new ArrayList<>(added);
      if (current != null) {
        waiting.addAll(current.takeWaiting());
      }
      next = new Listen(current, waiting);
      current = next;
      again = null;
    }
    ticker.add(this);
    next.open();
  }

  @Override
  public void tick(Instant now) {
    synchronized (this) {
      if (again == null || now.isBefore(again)) {
        return;
      }
    }
    if (peer.isOpen()) {
      renew(List.of());
    }
  }

  void close() {
    Listen open;
    synchronized (this) {
      closed = true;
      open = current;
      current = null;
    }
    ticker.remove(this);
    if (open != null) {
      open.cancel();
    }
  }

  /** That of the latest one, with what all of them were allowed. */
  private synchronized @Nullable Cause cause() {
    List<Judged> allowed =
        watched.values().stream().map(Cause::judged).filter(Objects::nonNull).toList();
    Cause latest = watched.values().stream().reduce((_, last) -> last).orElse(listening);
    return latest == null || allowed.size() < 2
        ? latest
        : new Cause(latest.head(), PolicyEvaluator.together(allowed), null);
  }

  /** One request. */
  private final class Listen implements Peer.Listener {
    private @Nullable Listen before;
    private List<Waiting> waiting;
    private Peer.@Nullable Call call;
    private boolean over;

    Listen(@Nullable Listen before, List<Waiting> waiting) {
      this.before = before;
      this.waiting = waiting;
    }

    synchronized List<Waiting> takeWaiting() {
      List<Waiting> taken = waiting;
      waiting = List.of();
      return taken;
    }

    void open() {
      Cause because = cause();
      if (because == null) {
        nothing();
        return;
      }
      ObjectNode params = RpcJson.object();
      ObjectNode filter = params.putObject("notifications");
      synchronized (ModernSubscriptions.this) {
        if (listening != null) {
          Changing.ALL.stream()
              .filter(each -> each.isDeclared(server))
              .forEach(each -> filter.put(each.filter(), true));
        }
        if (!watched.isEmpty()) {
          ArrayNode uris = filter.putArray("resourceSubscriptions");
          watched.keySet().forEach(uris::add);
        }
      }
      if (filter.isEmpty()) {
        nothing();
        return;
      }
      stamp.accept(params);
      Peer.Call sent = peer.request("subscriptions/listen", params, because, this);
      boolean late;
      synchronized (this) {
        call = sent;
        late = over;
      }
      if (late) {
        sent.cancel();
      }
    }

    @Override
    public void notified(Notification notification) {
      if (notification.method().equals("notifications/subscriptions/acknowledged")) {
        acknowledged(notification.params());
        return;
      }
      ObjectNode params = notification.params();
      ObjectNode meta = Meta.of(params);
      if (meta != null) {
        meta.remove(Meta.SUBSCRIPTION);
        if (meta.isEmpty()) {
          params.remove(Meta.META);
        }
      }
      boolean latest;
      synchronized (ModernSubscriptions.this) {
        latest = current == this || (current != null && current.before == this);
      }
      if (latest) {
        listener.notified(notification);
      }
    }

    private void acknowledged(ObjectNode params) {
      endBefore();
      Set<String> honored =
          params
              .path("notifications")
              .path("resourceSubscriptions")
              .valueStream()
              .map(uri -> uri.asString(""))
              .collect(Collectors.toCollection(TreeSet::new));
      for (Waiting each : takeWaiting()) {
        if (honored.contains(each.uri())) {
          each.to().answered(new Result(IntNode.valueOf(0), RpcJson.object()));
        } else {
          forget(each.uri());
          Failures.refuse(
              each.to(), RpcError.invalidParams("the server does not tell of this resource"));
        }
      }
    }

    private void forget(String uri) {
      synchronized (ModernSubscriptions.this) {
        watched.remove(uri);
      }
    }

    private void endBefore() {
      Listen earlier;
      synchronized (ModernSubscriptions.this) {
        earlier = before;
        before = null;
      }
      if (earlier != null) {
        earlier.cancel();
      }
    }

    void cancel() {
      Peer.Call open;
      synchronized (this) {
        if (over) {
          return;
        }
        over = true;
        open = call;
      }
      endBefore();
      if (open != null) {
        open.cancel();
      }
    }

    /** There is nothing to listen to any more. */
    private void nothing() {
      endBefore();
      unfulfilled(NOT_BEGUN);
    }

    private void unfulfilled(Failure failure) {
      for (Waiting each : takeWaiting()) {
        forget(each.uri());
        each.to().answered(new Failure(null, failure.error().deepCopy()));
      }
    }

    @Override
    public void answered(Response response) {
      unfulfilled(
          response instanceof Failure failure
              ? Errors.toLegacy(failure, "subscriptions/listen")
              : NOT_BEGUN);
      reopenLater();
    }

    @Override
    public void failed(ChannelFailure failure) {
      for (Waiting each : takeWaiting()) {
        forget(each.uri());
        each.to().failed(failure);
      }
      reopenLater();
    }

    private void reopenLater() {
      synchronized (this) {
        over = true;
      }
      endBefore();
      synchronized (ModernSubscriptions.this) {
        if (current == this && !closed) {
          current = null;
          again = ticker.now().plus(PAUSE);
        }
      }
    }
  }
}
