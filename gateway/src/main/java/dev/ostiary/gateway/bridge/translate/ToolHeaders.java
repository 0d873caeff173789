package dev.ostiary.gateway.bridge.translate;

import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.ModernPeer;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.http.Headers;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.mcp.rpc.RpcMessage.Notification;
import dev.ostiary.mcp.rpc.RpcMessage.Response;
import dev.ostiary.mcp.rpc.RpcMessage.Result;
import dev.ostiary.mcp.translate.MirroredArguments;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The header fields that repeat arguments of a tool call ({@code Mcp-Param-*}), by the backend's
 * own list of tools, which is read when a tool is called that is not known, and anew after a while.
 */
final class ToolHeaders {
  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final int PAGES = 100;
  private static final int TOOLS = 4_096;

  private final ModernPeer peer;
  private final Consumer<ObjectNode> stamp;
  private final Ticker ticker;
  private volatile Map<String, MirroredArguments> tools = Map.of();
  private volatile Instant readAt = Instant.MIN;

  ToolHeaders(ModernPeer peer, Consumer<ObjectNode> stamp, Ticker ticker) {
    this.peer = peer;
    this.stamp = stamp;
    this.ticker = ticker;
  }

  /** The fields for a request, once they are known. */
  void of(String method, ObjectNode params, Cause cause, Consumer<Headers> then) {
    if (!method.equals("tools/call") || !peer.mirrorsArguments()) {
      then.accept(Headers.none());
    } else if (readAt.equals(Instant.MIN) || !ticker.now().isBefore(readAt.plus(FRESH))) {
      new Reading(cause, () -> then.accept(known(params))).page(null);
    } else {
      then.accept(known(params));
    }
  }

  /** What is known is wrong. */
  void forget() {
    readAt = Instant.MIN;
  }

  private Headers known(ObjectNode params) {
    MirroredArguments mirrored = tools.get(params.path("name").asString(""));
    Headers fields = Headers.none();
    if (mirrored != null && params.get("arguments") instanceof ObjectNode arguments) {
      for (Map.Entry<String, String> field : mirrored.fields(arguments).entrySet()) {
        fields = fields.with(field.getKey(), field.getValue());
      }
    }
    return fields;
  }

  /** One reading of the list, page by page. */
  private final class Reading implements Peer.Listener {
    private final Cause cause;
    private final Runnable then;
    private final Map<String, MirroredArguments> found = new HashMap<>();
    private int pages;

    Reading(Cause cause, Runnable then) {
      this.cause = cause.unawaited();
      this.then = then;
    }

    void page(@Nullable JsonNode cursor) {
      pages++;
      ObjectNode params = RpcJson.object();
      if (cursor != null) {
        params.set("cursor", cursor);
      }
      stamp.accept(params);
      peer.request("tools/list", params, cause, this);
    }

    @Override
    public void answered(Response response) {
      if (!(response instanceof Result(_, ObjectNode result))) {
        then.run();
        return;
      }
      for (JsonNode tool : result.path("tools")) {
        MirroredArguments mirrored = MirroredArguments.of(tool);
        if (!mirrored.isEmpty() && found.size() < TOOLS) {
          found.put(tool.path("name").asString(""), mirrored);
        }
      }
      JsonNode next = result.get("nextCursor");
      if (next != null && next.isString() && pages < PAGES) {
        page(next);
        return;
      }
      tools = Map.copyOf(found);
      readAt = ticker.now();
      then.run();
    }

    @Override
    public void failed(ChannelFailure failure) {
      then.run(); // the call itself says what is wrong
    }

    @Override
    public void notified(Notification notification) {}

    @Override
    public void asked(Peer.Question question) {}
  }
}
