package dev.ostiary.gateway.call;

import dev.ostiary.gateway.refusal.CallRefusal;
import dev.ostiary.http.Body;
import dev.ostiary.http.ContentLimit;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Reply;
import dev.ostiary.mcp.Admission;
import dev.ostiary.mcp.Message;
import dev.ostiary.mcp.Message.Malformed;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.RpcError;

/** Reads the content of a POST, which has to be well-formed JSON-RPC. */
final class ContentCheck implements CallCheck {
  private final int limit;

  /**
   * @param limit the largest content, in bytes
   */
  ContentCheck(int limit) {
    this.limit = limit;
  }

  @Override
  public void check(CallContext call) {
    if (!call.method().equals("POST")) {
      call.pass();
    } else if (!call.fields().isJson()) {
      call.refuse(new CallRefusal.NotJson());
    } else {
      read(call);
    }
  }

  private void read(CallContext call) {
    call.exchange()
        .read(
            new ContentLimit(limit, call.token().caller().subject()),
            new Exchange.Content() {
              @Override
              public void arrived(Body.Whole whole) {
                try {
                  scan(call, whole.bytes());
                } catch (RuntimeException | Error defect) {
                  call.broken(defect);
                }
              }

              @Override
              public void refused(Reply reply) {
                call.refuse(new CallRefusal.NoContent(reply.status(), limit));
              }
            });
  }

  private static void scan(CallContext call, byte[] content) {
    switch (Message.scan(content)) {
      case Malformed(RpcError error, RawJson id) ->
          call.refuse(new CallRefusal.NotAdmitted(new Admission.Refused(400, error, id)));
      case WellFormed message -> {
        call.read(message);
        call.pass();
      }
    }
  }
}
