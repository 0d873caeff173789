package dev.ostiary.gateway.bridge.modern;

import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.bridge.reply.ConversationSettings;
import dev.ostiary.gateway.peer.PeerOpener;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.mcp.rpc.RpcMessage;
import dev.ostiary.protocol.GrantId;
import java.util.Optional;

/**
 * Clients of the modern era: the requests of one grant share a conversation with the backend
 * (2026-07-28, Streamable HTTP).
 */
public final class ModernFront {
  private final ConversationSettings settings;
  private final Conversations conversations;
  private final Ticker ticker;

  public ModernFront(ConversationSettings settings, PeerOpener opener, Ticker ticker) {
    this.settings = settings;
    this.conversations = new Conversations(settings, opener, ticker);
    this.ticker = ticker;
  }

  /** Takes up a call. Does not block. */
  public void take(AdmittedCall call, CallReply reply) {
    Optional<RpcMessage> message = RpcMessage.read(call.body());
    if (message.isPresent() && message.get() instanceof RpcMessage.Request request) {
      new ModernCall(settings, conversations, ticker, call, request, reply).begin();
    } else {
      reply.accepted(); // no notification of this era means anything to a backend
    }
  }

  /** Ends the conversations of a grant. */
  public void ended(GrantId grant) {
    conversations.ended(grant);
  }

  /** How many conversations there are. */
  public int size() {
    return conversations.size();
  }

  /** Ends all conversations. */
  public void close() {
    conversations.close();
  }
}
