package dev.ostiary.gateway.bridge.translate;

import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.mcp.rpc.RpcMessage.Response;
import dev.ostiary.mcp.rpc.RpcMessage.Result;
import dev.ostiary.mcp.translate.MirroredArguments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The header fields that repeat arguments of a tool call ({@code Mcp-Param-*}), by the backend's
 * own list of tools, which is read when a tool is called that is not known, and anew after a while.
 */
public final class ToolSchemas {
  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final int PAGES = 100;
  private static final int TOOLS = 4_096;

  private final Peer peer;
  private final Consumer<ObjectNode> stamp;
  private final Ticker ticker;
  private final List<Runnable> waiting = new ArrayList<>();
  private volatile Map<String, MirroredArguments> tools = Map.of();
  private volatile Instant readAt = Instant.MIN;

  public ToolSchemas(Peer peer, Consumer<ObjectNode> stamp, Ticker ticker) {
    this.peer = peer;
    this.stamp = stamp;
    this.ticker = ticker;
  }

  /** Which arguments of a call are repeated in header fields, once that is known. */
  public void of(ObjectNode params, Cause cause, Consumer<MirroredArguments> then) {
    boolean begins = false;
    boolean known;
    synchronized (waiting) {
      known = !readAt.equals(Instant.MIN) && ticker.now().isBefore(readAt.plus(FRESH));
      if (!known) {
        begins = waiting.isEmpty();
        waiting.add(() -> then.accept(known(params)));
      }
    }
    if (known) {
      then.accept(known(params));
    } else if (begins) {
      new Reading(cause).page(null);
    }
  }

  /** The list has been read, or cannot be: the calls themselves say what is wrong. */
  private void read() {
    List<Runnable> all;
    synchronized (waiting) {
      all = List.copyOf(waiting);
      waiting.clear();
    }
    all.forEach(Runnable::run);
  }

  /** What is known is wrong. */
  public void forget() {
    readAt = Instant.MIN;
  }

  private MirroredArguments known(ObjectNode params) {
    return tools.getOrDefault(params.path("name").asString(""), MirroredArguments.NONE);
  }

  /** One reading of the list, page by page. */
  private final class Reading implements Peer.Listener {
    private final Cause cause;
    private final Map<String, MirroredArguments> found = new HashMap<>();
    private int pages;

    Reading(Cause cause) {
      this.cause = cause.unawaited();
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
        read();
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
      read();
    }

    @Override
    public void failed(ChannelFailure failure) {
      read();
    }
  }
}
