package dev.ostiary.gateway.bridge.modern;

import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.bridge.reply.ConversationSettings;
import dev.ostiary.gateway.peer.PeerOpener;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.protocol.GrantId;
import java.lang.System.Logger;

/** Clients of the modern era: the requests of one grant share a conversation with the backend. */
public final class ModernFront {
  public ModernFront(ConversationSettings settings, PeerOpener opener, Ticker ticker, Logger log) {}

  public void take(AdmittedCall call, CallReply reply) {
    reply.json(501, RpcError.internal("This server cannot do that").toJson(call.id()));
  }

  public void ended(GrantId grant) {}

  public void close() {}
}
