package dev.ostiary.gateway;

import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.ClientFacts;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.gateway.peer.PeerOpener;
import dev.ostiary.mcp.Era;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.mcp.rpc.RpcMessage;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A conversation that says what a test says, and keeps what it is told. */
final class ScriptedPeer implements Peer {
  final ClientFacts client;
  final Cause cause;
  final Unsolicited unsolicited;
  final BlockingQueue<Asked> requests = new LinkedBlockingQueue<>();
  final BlockingQueue<String> notifications = new LinkedBlockingQueue<>();
  final AtomicBoolean closed = new AtomicBoolean();
  final AtomicBoolean crashed = new AtomicBoolean();
  final AtomicBoolean listened = new AtomicBoolean();
  private final String revision;

  ScriptedPeer(ClientFacts client, Cause cause, Unsolicited unsolicited, String revision) {
    this.client = client;
    this.cause = cause;
    this.unsolicited = unsolicited;
    this.revision = revision;
  }

  /** A request that is under way. */
  record Asked(
      String method, ObjectNode params, Cause cause, Listener listener, AtomicBoolean cancelled)
      implements Call {
    @Override
    public void cancel() {
      cancelled.set(true);
    }

    void answer(String json) {
      listener.answered(
          new RpcMessage.Result(
              JsonNodeFactory.instance.numberNode(-1),
              RpcJson.object(json.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                  .orElseThrow()));
    }

    void say(String method) {
      listener.notified(note(method));
    }
  }

  static RpcMessage.Notification note(String method) {
    return new RpcMessage.Notification(method, RpcJson.object().put("said", method));
  }

  /** A question of the backend; what is answered can be waited for. */
  static final class Wondering implements Question {
    final CompletableFuture<RpcMessage.Response> answered = new CompletableFuture<>();
    volatile Runnable cancelling = () -> {};

    @Override
    public String method() {
      return "sampling/createMessage";
    }

    @Override
    public ObjectNode params() {
      return RpcJson.object().put("maxTokens", 1);
    }

    @Override
    public void answer(RpcMessage.Response response, Cause cause) {
      answered.complete(response);
    }

    @Override
    public void onCancelled(Runnable action) {
      cancelling = action;
    }

    RpcMessage.Response answer() throws Exception {
      return answered.get(10, TimeUnit.SECONDS);
    }

    String error() throws Exception {
      return ((RpcMessage.Failure) answer()).message();
    }
  }

  Asked next() throws InterruptedException {
    return Objects.requireNonNull(requests.poll(10, TimeUnit.SECONDS), "no request came");
  }

  String heard() throws InterruptedException {
    return Objects.requireNonNull(notifications.poll(10, TimeUnit.SECONDS), "nothing was said");
  }

  /** The backend is lost. */
  void crash(Asked... running) {
    crashed.set(true);
    var lost = new ChannelFailure.Ended(RpcError.internal("The server docs broke off"), false);
    for (Asked each : running) {
      each.listener.failed(lost);
    }
    unsolicited.closed(lost);
  }

  @Override
  public Era era() {
    return Era.LEGACY;
  }

  @Override
  public ObjectNode welcome() {
    ObjectNode welcome = RpcJson.object().put("protocolVersion", revision);
    welcome.putObject("capabilities");
    welcome.putObject("serverInfo").put("name", "scripted");
    return welcome;
  }

  @Override
  public Call request(String method, ObjectNode params, Cause because, Listener listener) {
    Asked asked = new Asked(method, params, because, listener, new AtomicBoolean());
    requests.add(asked);
    return asked;
  }

  @Override
  public void notify(String method, ObjectNode params, Cause because) {
    notifications.add(method);
  }

  @Override
  public void listen(Cause because) {
    listened.set(true);
  }

  @Override
  public boolean isOpen() {
    return !closed.get() && !crashed.get();
  }

  @Override
  public void close() {
    closed.set(true);
  }

  /** Opens scripted conversations. */
  static final class Opener implements PeerOpener {
    final BlockingQueue<ScriptedPeer> opened = new LinkedBlockingQueue<>();
    volatile String revision = "2025-11-25";
    volatile @Nullable Opening instead;
    volatile CompletableFuture<?> after = CompletableFuture.completedFuture(null);

    @Override
    public CompletableFuture<Opening> open(
        ClientFacts client, Cause cause, Unsolicited unsolicited) {
      Opening other = instead;
      return after.thenApply(
          _ -> {
            if (other != null) {
              return other;
            }
            ScriptedPeer peer = new ScriptedPeer(client, cause, unsolicited, revision);
            opened.add(peer);
            return new Opening.Open(peer);
          });
    }

    ScriptedPeer next() throws InterruptedException {
      return Objects.requireNonNull(opened.poll(10, TimeUnit.SECONDS), "nothing was opened");
    }
  }
}
