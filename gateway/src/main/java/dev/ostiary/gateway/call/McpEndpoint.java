package dev.ostiary.gateway.call;

import dev.ostiary.gateway.backend.Admitted;
import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.backend.AdmittedListening;
import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.refusal.CallRefusal;
import dev.ostiary.gateway.token.TokenCheck;
import dev.ostiary.http.Exchange;
import java.lang.System.Logger;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * The path of one protected server: the checks of a call in their order, then the backend. A known
 * access token costs no change of thread.
 */
public final class McpEndpoint extends CheckedEndpoint {
  public McpEndpoint(
      ServerCalls calls, OriginCheck origins, TokenCheck tokens, Executor executor, Logger log) {
    super(calls, checks(calls, origins, tokens), tokens, executor, log);
  }

  private static List<CallCheck> checks(ServerCalls calls, OriginCheck origins, TokenCheck tokens) {
    ServerRoute server = calls.server();
    boolean sessions = server.backend().sessions().isPresent();
    return List.of(
        // by the head alone: content is read only for a caller who may send it
        origins,
        new PreflightCheck(sessions),
        new AccessTokenCheck(tokens, calls.metrics(), server.resource()),
        new AudienceCheck(server.resource()),
        new MethodCheck(sessions),
        new UserCheck(server.allowedUsers()),
        new ContentCheck(server.bodyLimit()),
        // by the message
        new RevisionCheck(server.backend()),
        new PolicyCheck(calls));
  }

  /**
   * Serves a call of another path.
   *
   * @param admitted is told of it when all checks have let it pass, before the backend gets it
   */
  public void serve(Exchange exchange, Consumer<Admitted> admitted) {
    new CallContext(this, exchange, admitted).pass();
  }

  @Override
  void passed(CallContext call) {
    call.tellAdmitted();
    RunningCall reply =
        new RunningCall(
            calls,
            call.exchange(),
            call.token(),
            call.admitted(),
            calls.filter(call.admitted(), call.token().caller().scopes()).orElse(null),
            call.fields().origin());
    Backend backend = calls.server().backend();
    try {
      switch (call.admitted()) {
        case AdmittedCall message -> backend.take(message, reply);
        case AdmittedListening listening ->
            backend.sessions().ifPresent(there -> there.take(listening, reply));
      }
    } catch (RejectedExecutionException full) {
      reply.refuse(new CallRefusal.Overloaded());
    }
    if (reply.isRunning() && isRevoked(call)) {
      reply.revoked();
    }
  }
}
