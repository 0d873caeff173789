package dev.ostiary.gateway.call;

import dev.ostiary.gateway.backend.AdmittedListening;
import dev.ostiary.gateway.backend.CallHead;
import dev.ostiary.gateway.refusal.CallRefusal;
import dev.ostiary.gateway.stream.StreamTimeouts;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Reply;
import dev.ostiary.mcp.Revision;
import org.jspecify.annotations.Nullable;

/** A call of somebody who may use the server; what is in it has not been looked at. */
public final class CheckedCaller {
  private final CheckedEndpoint endpoint;
  private final CallContext call;

  CheckedCaller(CheckedEndpoint endpoint, CallContext call) {
    this.endpoint = endpoint;
    this.call = call;
  }

  public Exchange exchange() {
    return call.exchange();
  }

  public Caller caller() {
    return call.token().caller();
  }

  /** Whose script reads the reply; null if none does. */
  public @Nullable String origin() {
    return call.fields().origin();
  }

  public void refuse(CallRefusal refusal) {
    call.refuse(refusal);
  }

  /**
   * Answers with a stream of events, which ends when the access token or its grant does.
   *
   * @param ended runs once when it has ended
   */
  public void stream(Reply answer, StreamTimeouts timeouts, Runnable ended) {
    var head = new CallHead(exchange().request(), caller(), Revision.UNNAMED, null);
    var listening = new AdmittedListening(head, null);
    RunningCall reply =
        new RunningCall(
            endpoint.calls, call.exchange(), call.token(), listening, null, call.fields().origin());
    reply.onCancel(ended);
    reply.relay(answer, timeouts, ended);
    if (reply.isRunning() && endpoint.isRevoked(call)) {
      reply.revoked();
    }
  }
}
