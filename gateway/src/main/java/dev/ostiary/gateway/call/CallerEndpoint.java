package dev.ostiary.gateway.call;

import dev.ostiary.gateway.token.TokenCheck;
import java.lang.System.Logger;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A path below a protected server's, for the callers of that server: the checks by the head. */
public final class CallerEndpoint extends CheckedEndpoint {
  private final Consumer<CheckedCaller> then;

  /**
   * @param method of HTTP that is served
   * @param then gets the calls of those who may use the server; must not block
   */
  public CallerEndpoint(
      ServerCalls calls,
      OriginCheck origins,
      TokenCheck tokens,
      Executor executor,
      Logger log,
      String method,
      Consumer<CheckedCaller> then) {
    super(calls, checks(calls, origins, tokens, method), tokens, executor, log);
    this.then = then;
  }

  private static List<CallCheck> checks(
      ServerCalls calls, OriginCheck origins, TokenCheck tokens, String method) {
    ServerRoute server = calls.server();
    return List.of(
        origins,
        new PreflightCheck(MethodCheck.allowed(method)),
        new AccessTokenCheck(tokens, calls.metrics(), server.resource()),
        new AudienceCheck(server.resource()),
        new MethodCheck(Set.of(method)),
        new UserCheck(server.allowedUsers()));
  }

  @Override
  void passed(CallContext call) {
    then.accept(new CheckedCaller(this, call));
  }
}
