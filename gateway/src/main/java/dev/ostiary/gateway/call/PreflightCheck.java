package dev.ostiary.gateway.call;

import dev.ostiary.gateway.backend.ForwardedFields;
import dev.ostiary.gateway.reply.ReplyHeaders;

/** Answers what a browser asks before a script's call (Fetch, CORS-preflight). */
final class PreflightCheck implements CallCheck {
  private final String allowed;

  /**
   * @param sessions whether the backend has sessions, and with them GET and DELETE
   */
  PreflightCheck(boolean sessions) {
    this(MethodCheck.allowed(sessions));
  }

  /**
   * @param allowed the value of {@code Allow}
   */
  PreflightCheck(String allowed) {
    this.allowed = allowed;
  }

  @Override
  public void check(CallContext call) {
    if (!call.method().equals("OPTIONS")) {
      call.pass();
      return;
    }
    String wanted =
        String.join(",", call.exchange().request().headers().all("Access-Control-Request-Headers"));
    call.exchange()
        .reply(
            ReplyHeaders.preflight(
                allowed, ForwardedFields.forScripts(wanted), call.fields().origin()));
  }
}
