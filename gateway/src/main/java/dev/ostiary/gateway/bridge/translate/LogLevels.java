package dev.ostiary.gateway.bridge.translate;

import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.LegacyPeer;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.mcp.rpc.RpcMessage;
import dev.ostiary.mcp.rpc.RpcMessage.Notification;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The level from which a legacy server logs, which holds for its whole session, where modern
 * requests name one each: the session has the lowest level that was asked for so far, and each
 * request gets what it asked for.
 */
final class LogLevels {
  private static final List<String> LEVELS =
      List.of("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");

  private final LegacyPeer peer;
  private final boolean logs;
  private int lowest = LEVELS.size();

  LogLevels(LegacyPeer peer, boolean logs) {
    this.peer = peer;
    this.logs = logs;
  }

  static boolean isLevel(String level) {
    return LEVELS.contains(level);
  }

  /**
   * Lets the server log from this level on, and then runs what needs that.
   *
   * @param level null if nothing is to be logged
   */
  void ask(@Nullable String level, Cause cause, Runnable then) {
    int wanted = level == null || !logs ? LEVELS.size() : LEVELS.indexOf(level);
    boolean lower;
    synchronized (this) {
      lower = wanted < lowest;
      lowest = Math.min(lowest, wanted);
    }
    if (!lower) {
      then.run();
      return;
    }
    peer.request(
        "logging/setLevel",
        RpcJson.object().put("level", LEVELS.get(wanted)),
        cause.unawaited(),
        new Peer.Listener() {
          @Override
          public void answered(RpcMessage.Response response) {
            then.run(); // one that cannot be told is used as it is
          }

          @Override
          public void failed(ChannelFailure failure) {
            then.run(); // and says itself what is wrong
          }
        });
  }

  /** Whether a message is to be heard from this level on. */
  static boolean isHeard(Notification message, @Nullable String level) {
    int at = LEVELS.indexOf(message.params().path("level").asString(""));
    return level != null && at >= LEVELS.indexOf(level);
  }
}
