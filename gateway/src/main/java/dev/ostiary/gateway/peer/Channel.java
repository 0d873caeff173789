package dev.ostiary.gateway.peer;

import dev.ostiary.mcp.rpc.RpcMessage;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an MCP server on which messages go both ways: the streams of a program, or
 * requests over HTTP. It knows nothing of eras and sessions but what its transport needs. No method
 * blocks.
 */
public interface Channel {
  /** No request. */
  long NONE = -1;

  /**
   * Sends a message, after those that were sent before. What is sent after the channel has closed
   * is dropped, and so is what is sent after too much has piled up, which closes the channel.
   */
  void send(Outgoing message);

  /**
   * Nothing more is wanted of this request of ours. Where each request has a stream of its own, it
   * is closed, which means cancellation in the modern era.
   */
  void abandon(long request);

  /**
   * Whether each request has a stream of its own, so that closing it says that it is cancelled
   * (modern era).
   */
  default boolean cancelsByClosing() {
    return false;
  }

  /**
   * Begins to hear what the server says unasked, where the transport needs a request for that.
   * Asking twice is harmless; where the server offers no such stream nothing happens.
   */
  default void listen(Cause cause) {}

  /** Ends it. The listener hears nothing more. */
  void close();

  /** Hears what comes, on any thread; what comes for one request comes in order. Must not block. */
  interface Listener {
    /**
     * A message has come.
     *
     * @param about our request on whose stream it came; {@link #NONE} if the transport does not
     *     tell
     */
    void received(RpcMessage message, long about);

    /** This request of ours will not be answered. */
    void failed(long request, ChannelFailure failure);

    /** Nothing more will come, and no request under way will be answered. */
    void closed(ChannelFailure failure);
  }

  /** Whether a response names this request of ours. Some servers make a text of a number. */
  static long ownId(RpcMessage.Response response) {
    var id = response.id();
    if (id == null) {
      return NONE;
    }
    return id.isIntegralNumber() ? id.asLong(NONE) : parsed(id.asString(""));
  }

  private static long parsed(@Nullable String text) {
    try {
      return text == null ? NONE : Long.parseLong(text);
    } catch (NumberFormatException other) {
      return NONE;
    }
  }
}
