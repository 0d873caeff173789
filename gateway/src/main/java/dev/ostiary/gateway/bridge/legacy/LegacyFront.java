package dev.ostiary.gateway.bridge.legacy;

import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.backend.AdmittedListening;
import dev.ostiary.gateway.bridge.reply.ConversationSettings;
import dev.ostiary.gateway.peer.PeerOpener;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.session.BackendSession;
import dev.ostiary.gateway.session.SealedSessions;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.protocol.GrantId;
import java.lang.System.Logger;
import java.util.Optional;

/** Clients of the legacy era: each session is one conversation with the backend. */
public final class LegacyFront {
  public LegacyFront(
      ConversationSettings settings,
      PeerOpener opener,
      SealedSessions sessions,
      Ticker ticker,
      Logger log) {}

  public void take(AdmittedCall call, CallReply reply) {
    reply.json(501, RpcError.internal("This server cannot do that").toJson(call.id()));
  }

  public void take(AdmittedListening listening, CallReply reply) {
    reply.json(501, RpcError.internal("This server cannot do that").toJson(null));
  }

  public Optional<BackendSession> open(String clientId, Caller caller) {
    return Optional.empty();
  }

  public void ended(GrantId grant) {}

  public void close() {}
}
