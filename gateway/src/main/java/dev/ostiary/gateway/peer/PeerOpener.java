package dev.ostiary.gateway.peer;

import dev.ostiary.mcp.rpc.RpcMessage;
import java.util.concurrent.CompletableFuture;

/** Opens conversations with one backend in the era that a client speaks, whichever it speaks. */
public interface PeerOpener {
  /**
   * Opens a conversation. Does not block; the future never fails.
   *
   * @param listener hears what belongs to no request
   */
  CompletableFuture<Opening> open(ClientFacts client, Cause cause, Peer.Unsolicited listener);

  /** What came of it. */
  sealed interface Opening {
    record Open(Peer peer) implements Opening {}

    /** The backend answered with an error, such as one about the revision. */
    record Refused(RpcMessage.Failure failure) implements Opening {}

    record Failed(ChannelFailure failure) implements Opening {}
  }
}
