package dev.ostiary.gateway.remote;

import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.backend.AdmittedListening;
import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.backend.HttpBackend;
import dev.ostiary.gateway.backend.SessionBackend;
import dev.ostiary.gateway.bridge.ConversationBackend;
import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.Eras;
import dev.ostiary.gateway.remote.EraProbe.Outcome;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.session.BackendSession;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.mcp.Era;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.protocol.GrantId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server over Streamable HTTP for clients of both eras. Calls pass as they are where it speaks
 * its client's era, and are bridged where it does not. Which eras it speaks is found out when that
 * is first asked, and anew when the server says otherwise.
 */
public final class AdaptiveBackend implements Backend, SessionBackend {
  private final HttpBackend passing;
  private final ConversationBackend bridge;
  private final Eras eras;
  private final EraProbe probe;

  /**
   * @param bridge whose session ids are sealed by a {@link BridgedSeal}
   */
  public AdaptiveBackend(
      HttpBackend passing, ConversationBackend bridge, Eras eras, Ticker ticker) {
    this.passing = passing;
    this.bridge = bridge;
    this.eras = eras;
    this.probe = new EraProbe(passing, eras, ticker);
  }

  @Override
  public void take(AdmittedCall call, CallReply reply) {
    if (call.revision().isModern()) {
      modern(call, reply);
    } else if (isBridged(call.session()) || (call.session() == null && isModernOnly())) {
      bridge.take(call, reply);
    } else if (call.isRequest("initialize")) {
      passing.take(call, new InitializeReply(reply, call, eras, this::refused));
    } else {
      passing.take(call, reply);
    }
  }

  private void modern(AdmittedCall call, CallReply reply) {
    Boolean spoken = eras.speaks(Era.MODERN);
    if (spoken == null) {
      ask(call, reply);
    } else if (spoken) {
      passing.take(call, new ModernReply(reply, call, this::doubted));
    } else {
      bridge.take(call, reply);
    }
  }

  private void ask(AdmittedCall call, CallReply reply) {
    probe.ask(
        Cause.of(call, reply),
        outcome -> {
          switch (outcome) {
            case Outcome.Learned(boolean modern) when modern -> passing.take(call, reply);
            case Outcome.Learned _ -> bridge.take(call, reply);
            case Outcome.Failed(ChannelFailure failure) -> fail(failure, call.id(), reply);
          }
        });
  }

  private static void fail(ChannelFailure failure, @Nullable RawJson id, CallReply reply) {
    switch (failure) {
      case ChannelFailure.SignInAgain _ -> reply.signInAgain();
      case ChannelFailure.Answered _ -> {}
      case ChannelFailure.Ended(var error, _) -> reply.fail(502, error, id, null);
      case ChannelFailure.Unavailable(int status, var error, var retryAfter, _) ->
          reply.fail(status, error, id, retryAfter);
    }
  }

  /** A call was refused as a server of the modern era would not: by one that is none any more. */
  private void doubted(AdmittedCall call, CallReply reply, Runnable asItIs) {
    if (probe.isFresh()) {
      asItIs.run();
      return;
    }
    probe.ask(
        Cause.of(call, reply).unawaited(),
        outcome -> {
          if (outcome instanceof Outcome.Learned(boolean modern) && !modern) {
            bridge.take(call, reply);
          } else {
            asItIs.run();
          }
        });
  }

  /** An {@code initialize} was refused, maybe because the server speaks the modern era only. */
  private void refused(AdmittedCall call, CallReply reply, Runnable asItIs) {
    if (probe.isFresh()) {
      modernOnly(call, reply);
      return;
    }
    probe.ask(
        Cause.of(call, reply).unawaited(),
        outcome -> {
          if (outcome instanceof Outcome.Learned(boolean modern) && modern) {
            modernOnly(call, reply);
          } else {
            asItIs.run();
          }
        });
  }

  private void modernOnly(AdmittedCall call, CallReply reply) {
    eras.learned(Era.LEGACY, false);
    bridge.take(call, reply);
  }

  private boolean isModernOnly() {
    return Boolean.FALSE.equals(eras.speaks(Era.LEGACY));
  }

  private static boolean isBridged(@Nullable BackendSession session) {
    return session != null && BridgedSeal.isOne(session.clientId());
  }

  @Override
  public void take(AdmittedListening listening, CallReply reply) {
    if (isBridged(listening.session()) || (listening.session() == null && isModernOnly())) {
      bridge.take(listening, reply);
    } else {
      passing.take(listening, reply);
    }
  }

  @Override
  public Optional<BackendSession> open(String clientId, Caller caller) {
    return BridgedSeal.isOne(clientId)
        ? bridge.open(clientId, caller)
        : passing.open(clientId, caller);
  }

  @Override
  public Optional<String> openEvent(String clientId, BackendSession session, Caller caller) {
    return isBridged(session)
        ? bridge.openEvent(clientId, session, caller)
        : passing.openEvent(clientId, session, caller);
  }

  @Override
  public boolean isPersonal() {
    return passing.isPersonal();
  }

  @Override
  public Optional<SessionBackend> sessions() {
    return Optional.of(this);
  }

  @Override
  public void ended(GrantId grant) {
    passing.ended(grant);
    bridge.ended(grant);
  }

  /** Ends the conversations that are bridged. */
  public void close() {
    bridge.close();
  }

  @Override
  public String toString() {
    return passing.toString();
  }
}
