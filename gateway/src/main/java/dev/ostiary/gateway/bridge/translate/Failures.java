package dev.ostiary.gateway.bridge.translate;

import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcMessage;

/** Answers that a translation gives by itself. */
final class Failures {
  /** A request that is not under way. */
  static final Peer.Call NONE = () -> {};

  private Failures() {}

  static Peer.Call refuse(Peer.Listener listener, RpcError error) {
    listener.answered(RpcMessage.Failure.of(null, error));
    return NONE;
  }
}
