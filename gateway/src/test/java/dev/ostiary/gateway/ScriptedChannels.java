package dev.ostiary.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.Channel;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.Channels;
import dev.ostiary.gateway.peer.Outgoing;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.mcp.rpc.RpcMessage;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A backend of JSON-RPC messages, which says what a test says and keeps what it is told. */
final class ScriptedChannels implements Channels {
  static final String NO_METHOD =
      "\"error\":{\"code\":-32601,\"message\":\"Method not found: server/discover\"}";

  /** What is answered at once, by method: the {@code result} or {@code error} member. */
  final Map<String, String> answers = new ConcurrentHashMap<>();

  /** What the backend does while a request is still being sent to it, by method. */
  final Map<String, Consumer<Asked>> atOnce = new ConcurrentHashMap<>();

  final BlockingQueue<Line> opened = new LinkedBlockingQueue<>();
  private final boolean closing;

  /**
   * @param closing whether each request has a stream of its own
   */
  private ScriptedChannels(boolean closing) {
    this.closing = closing;
    answers.put("tools/list", "\"result\":{\"tools\":[]}");
  }

  /** A backend of 2025-11-25. */
  static ScriptedChannels legacy(String capabilities) {
    ScriptedChannels channels = new ScriptedChannels(false);
    channels.answers.put("server/discover", NO_METHOD);
    channels.welcome("2025-11-25", capabilities);
    return channels;
  }

  /** A backend of 2026-07-28. */
  static ScriptedChannels modern(String capabilities, boolean closing) {
    ScriptedChannels channels = new ScriptedChannels(closing);
    channels.answers.put("initialize", NO_METHOD);
    channels.answers.put(
        "server/discover",
        "\"result\":{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],"
            + "\"capabilities\":"
            + capabilities
            + ",\"instructions\":\"Read\",\"ttlMs\":0,\"cacheScope\":\"private\",\"_meta\":{"
            + "\"io.modelcontextprotocol/serverInfo\":{\"name\":\"new\",\"version\":\"2\"}}}");
    return channels;
  }

  void welcome(String revision, String capabilities) {
    answers.put(
        "initialize",
        "\"result\":{\"protocolVersion\":\""
            + revision
            + "\",\"capabilities\":"
            + capabilities
            + ",\"instructions\":\"Read\",\"serverInfo\":{\"name\":\"old\",\"version\":\"1\"}}");
  }

  @Override
  public Channel open(Cause cause, Channel.Listener listener) {
    Line line = new Line(listener);
    opened.add(line);
    return line;
  }

  @Override
  public Duration probing() {
    return Duration.ofSeconds(5);
  }

  @Override
  public boolean isPersonal() {
    return false;
  }

  Line line() throws InterruptedException {
    return Objects.requireNonNull(opened.poll(10, TimeUnit.SECONDS), "no channel was opened");
  }

  /** One connection. */
  final class Line implements Channel {
    final BlockingQueue<Asked> requests = new LinkedBlockingQueue<>();
    final BlockingQueue<RpcMessage.Notification> notifications = new LinkedBlockingQueue<>();
    final BlockingQueue<RpcMessage.Response> responses = new LinkedBlockingQueue<>();
    final BlockingQueue<Long> abandoned = new LinkedBlockingQueue<>();
    final BlockingQueue<String> methods = new LinkedBlockingQueue<>();
    volatile boolean closed;
    volatile boolean listened;
    private final Listener listener;

    Line(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void send(Outgoing outgoing) {
      switch (RpcMessage.read(outgoing.octets()).orElseThrow()) {
        case RpcMessage.Request request -> {
          methods.add(request.method());
          Asked asked = new Asked(this, request, outgoing);
          Consumer<Asked> reaction = atOnce.get(request.method());
          String answer = answers.get(request.method());
          if (reaction != null) {
            reaction.accept(asked);
          } else if (answer != null) {
            asked.end(answer);
          } else {
            requests.add(asked);
          }
        }
        case RpcMessage.Notification notification -> notifications.add(notification);
        case RpcMessage.Response response -> responses.add(response);
      }
    }

    @Override
    public void abandon(long request) {
      abandoned.add(request);
    }

    @Override
    public boolean cancelsByClosing() {
      return closing;
    }

    @Override
    public void listen(Cause cause) {
      listened = true;
    }

    @Override
    public void close() {
      closed = true;
    }

    Asked next() throws InterruptedException {
      return Objects.requireNonNull(requests.poll(10, TimeUnit.SECONDS), "no request came");
    }

    Asked next(String method) throws InterruptedException {
      Asked asked = next();
      if (!asked.request().method().equals(method)) {
        throw new AssertionError("not " + method + " but " + asked.request());
      }
      return asked;
    }

    RpcMessage.Notification told(String method) throws InterruptedException {
      for (; ; ) {
        RpcMessage.Notification notification =
            Objects.requireNonNull(notifications.poll(10, TimeUnit.SECONDS), method);
        if (notification.method().equals(method)) {
          return notification;
        }
      }
    }

    ObjectNode response() throws InterruptedException {
      RpcMessage response =
          (RpcMessage) Objects.requireNonNull(responses.poll(10, TimeUnit.SECONDS), "no response");
      return RpcJson.object(response.toJson()).orElseThrow();
    }

    void say(String json, long about) {
      listener.received(RpcMessage.read(json.getBytes(UTF_8)).orElseThrow(), about);
    }

    /** A notification for no request in particular. */
    void say(String method, String params) {
      say(LiveBridge.notification(method, params), NONE);
    }

    void end(boolean untouched) {
      closed = true;
      listener.closed(
          new ChannelFailure.Ended(RpcError.internal("The server docs broke off"), untouched));
    }

    void fail(Asked asked, ChannelFailure failure) {
      listener.failed(asked.id(), failure);
    }
  }

  /** A request that the backend has got. */
  record Asked(Line line, RpcMessage.Request request, Outgoing outgoing) {
    long id() {
      return request.id().asLong();
    }

    ObjectNode params() {
      return request.params();
    }

    @Nullable String field(String name) {
      return outgoing.fields().has(name) ? outgoing.fields().all(name).getFirst() : null;
    }

    void answer(String result) {
      end("\"result\":" + result);
    }

    void refuse(int code, String data) {
      end("\"error\":{\"code\":" + code + ",\"message\":\"no\",\"data\":" + data + "}");
    }

    void end(String member) {
      line.say("{\"jsonrpc\":\"2.0\",\"id\":" + id() + "," + member + "}", Channel.NONE);
    }

    void note(String method, String params) {
      line.say(LiveBridge.notification(method, params), id());
    }

    void ask(String id, String method, String params) {
      line.say(
          "{\"jsonrpc\":\"2.0\",\"id\":\""
              + id
              + "\",\"method\":\""
              + method
              + "\",\"params\":{"
              + params
              + "}}",
          id());
    }
  }
}
