package dev.ostiary.gateway.call;

import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.backend.AdmittedListening;
import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.refusal.CallRefusal;
import dev.ostiary.gateway.token.TokenCheck;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Service;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The path of one protected server: the checks of a call in their order, then the backend. A known
 * access token costs no change of thread.
 */
public final class McpEndpoint implements Service {
  private final ServerCalls calls;
  private final List<CallCheck> checks;
  private final TokenCheck tokens;
  private final Executor executor;
  private final Logger log;

  public McpEndpoint(
      ServerCalls calls, OriginCheck origins, TokenCheck tokens, Executor executor, Logger log) {
    ServerRoute server = calls.server();
    boolean sessions = server.backend().sessions().isPresent();
    this.calls = calls;
    this.tokens = tokens;
    this.executor = executor;
    this.log = log;
    this.checks =
        List.of(
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

  @Override
  public void serve(Exchange exchange) {
    new CallContext(this, exchange).pass();
  }

  void next(CallContext call, int check) {
    if (check < checks.size()) {
      checks.get(check).check(call);
    } else {
      forward(call);
    }
  }

  private void forward(CallContext call) {
    RunningCall reply =
        new RunningCall(
            calls, call.exchange(), call.token(), call.admitted(), call.fields().origin());
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
    if (reply.isRunning() && mayBeRevoked(call) && tokens.known(call.hash()) == null) {
      reply.revoked(); // before the call was listed as running
    }
  }

  /**
   * There is no news of what a foreign authorization server revokes: its tokens are forgotten only
   * because they have to be verified again.
   */
  private static boolean mayBeRevoked(CallContext call) {
    return call.token().caller().ownGrant() != null;
  }

  void onExecutor(CallContext call, Runnable work) {
    try {
      executor.execute(
          () -> {
            try {
              work.run();
            } catch (RuntimeException | Error defect) {
              broken(call, defect);
            }
          });
    } catch (RejectedExecutionException full) {
      refuse(call, new CallRefusal.Overloaded());
    }
  }

  void broken(CallContext call, Throwable defect) {
    log.log(Level.ERROR, () -> call.exchange().request().id() + ": a call broke off", defect);
    refuse(call, new CallRefusal.Broken());
  }

  void refuse(CallContext call, CallRefusal refusal) {
    calls.refusals().refuse(call.exchange(), refusal, call.fields().origin());
  }
}
