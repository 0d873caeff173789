package dev.ostiary.gateway;

import dev.ostiary.http.Body;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Reply;
import dev.ostiary.mcp.Revision;
import org.jspecify.annotations.Nullable;

/** One call at its backend: turns what the backend says into the reply. */
final class RunningCall implements CallReply {
  private final Exchange exchange;
  private final Refusals refusals;
  private final RunningCalls running;
  private final VerifiedToken token;
  private final Revision revision;
  private final @Nullable String origin;
  private volatile @Nullable Runnable onGivenUp;

  RunningCall(
      Exchange exchange,
      Refusals refusals,
      RunningCalls running,
      VerifiedToken token,
      Revision revision,
      @Nullable String origin) {
    this.exchange = exchange;
    this.refusals = refusals;
    this.running = running;
    this.token = token;
    this.revision = revision;
    this.origin = origin;
  }

  @Override
  public void json(int status, byte[] json) {
    finish(new Reply(status, ReplyHeaders.json(origin), Body.of(json)));
  }

  @Override
  public void accepted() {
    finish(new Reply(202, ReplyHeaders.plain(origin), Body.empty()));
  }

  @Override
  public void signInAgain() {
    refuse(new CallRefusal.SignInAgain());
  }

  void refuse(CallRefusal refusal) {
    forget();
    refusals.refuse(exchange, refusal, origin);
  }

  @Override
  public void onGivenUp(Runnable action) {
    onGivenUp = action;
    running.add(token.caller().grant(), this);
    if (revision.isModern()) { // before, going away meant nothing
      exchange.onAbort(this::giveUp);
    }
  }

  boolean isRunning() {
    return onGivenUp != null;
  }

  boolean isMadeWith(String jti) {
    return token.jti().equals(jti);
  }

  void revoked() {
    refusals.refuse(exchange, new CallRefusal.TokenRevoked(), origin);
    giveUp();
  }

  private void giveUp() {
    Runnable action = onGivenUp;
    forget();
    if (action != null) {
      action.run();
    }
  }

  private void finish(Reply reply) {
    forget();
    exchange.reply(reply);
  }

  private void forget() {
    if (onGivenUp != null) {
      running.remove(token.caller().grant(), this);
      onGivenUp = null;
    }
  }
}
