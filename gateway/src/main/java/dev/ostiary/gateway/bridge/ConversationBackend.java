package dev.ostiary.gateway.bridge;

import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.backend.AdmittedListening;
import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.backend.SessionBackend;
import dev.ostiary.gateway.bridge.legacy.LegacyFront;
import dev.ostiary.gateway.bridge.modern.ModernFront;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.session.BackendSession;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.protocol.GrantId;
import java.util.Optional;

/**
 * A backend that is spoken to message by message, on behalf of clients of both eras, whichever it
 * speaks itself.
 */
public final class ConversationBackend implements Backend, SessionBackend {
  private final LegacyFront legacy;
  private final ModernFront modern;
  private final boolean personal;

  /**
   * @param personal whether the backend learns who calls
   */
  public ConversationBackend(LegacyFront legacy, ModernFront modern, boolean personal) {
    this.legacy = legacy;
    this.modern = modern;
    this.personal = personal;
  }

  @Override
  public void take(AdmittedCall call, CallReply reply) {
    if (call.revision().isModern()) {
      modern.take(call, reply);
    } else {
      legacy.take(call, reply);
    }
  }

  @Override
  public void take(AdmittedListening listening, CallReply reply) {
    legacy.take(listening, reply);
  }

  @Override
  public Optional<BackendSession> open(String clientId, Caller caller) {
    return legacy.open(clientId, caller);
  }

  @Override
  public Optional<String> openEvent(String clientId, BackendSession session, Caller caller) {
    return Optional.empty(); // streams are not resumable here
  }

  @Override
  public boolean isPersonal() {
    return personal;
  }

  @Override
  public Optional<SessionBackend> sessions() {
    return Optional.of(this);
  }

  @Override
  public void ended(GrantId grant) {
    legacy.ended(grant);
    modern.ended(grant);
  }

  /** Ends all conversations. */
  public void close() {
    legacy.close();
    modern.close();
  }
}
