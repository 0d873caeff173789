package dev.ostiary.gateway.call;

import dev.ostiary.gateway.refusal.CallRefusal;
import dev.ostiary.gateway.token.TokenCheck;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Service;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** A path of a protected server: the checks of a call in their order, and what follows them. */
abstract class CheckedEndpoint implements Service {
  final ServerCalls calls;
  private final List<CallCheck> checks;
  private final TokenCheck tokens;
  private final Executor executor;
  private final Logger log;

  CheckedEndpoint(
      ServerCalls calls, List<CallCheck> checks, TokenCheck tokens, Executor executor, Logger log) {
    this.calls = calls;
    this.checks = checks;
    this.tokens = tokens;
    this.executor = executor;
    this.log = log;
  }

  /** What follows when all checks have let the call pass. */
  abstract void passed(CallContext call);

  @Override
  public final void serve(Exchange exchange) {
    new CallContext(this, exchange, _ -> {}).pass();
  }

  final void next(CallContext call, int check) {
    if (check < checks.size()) {
      checks.get(check).check(call);
    } else {
      passed(call);
    }
  }

  /** Whether the access token was revoked before its call was listed as running. */
  final boolean isRevoked(CallContext call) {
    return mayBeRevoked(call) && tokens.known(call.hash()) == null;
  }

  /**
   * There is no news of what a foreign authorization server revokes: its tokens are forgotten only
   * because they have to be verified again.
   */
  private static boolean mayBeRevoked(CallContext call) {
    return call.token().caller().ownGrant() != null;
  }

  final void onExecutor(CallContext call, Runnable work) {
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

  final void broken(CallContext call, Throwable defect) {
    log.log(Level.ERROR, () -> call.exchange().request().id() + ": a call broke off", defect);
    refuse(call, new CallRefusal.Broken());
  }

  final void refuse(CallContext call, CallRefusal refusal) {
    calls.refusals().refuse(call.exchange(), refusal, call.fields().origin());
  }
}
