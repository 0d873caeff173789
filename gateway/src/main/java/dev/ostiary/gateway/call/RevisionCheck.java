package dev.ostiary.gateway.call;

import dev.ostiary.gateway.backend.AdmittedListening;
import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.backend.CallHead;
import dev.ostiary.gateway.refusal.CallRefusal;
import dev.ostiary.http.Request;
import dev.ostiary.mcp.Admission;
import dev.ostiary.mcp.McpHeaders;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.mcp.Revision;

/** Finds the revision of MCP and the session of a call, and holds it to that revision's rules. */
final class RevisionCheck implements CallCheck {
  private final Backend backend;

  RevisionCheck(Backend backend) {
    this.backend = backend;
  }

  @Override
  public void check(CallContext call) {
    var sessions = new SessionLookup(backend, call.token().caller());
    switch (admission(call, sessions)) {
      case Admission.Refused refused when call.message() == null && refused.status() == 405 ->
          call.refuse(new CallRefusal.OtherMethod(call.method(), MethodCheck.allowed(false)));
      case Admission.Refused refused -> call.refuse(new CallRefusal.NotAdmitted(refused));
      case Admission.Admitted(Revision revision) -> {
        Request request = call.exchange().request();
        var head = new CallHead(request, call.token().caller(), revision, sessions.found());
        call.begin(head);
        if (call.message() == null) {
          call.admit(new AdmittedListening(head, sessions.event()));
        }
        call.pass();
      }
    }
  }

  private Admission admission(CallContext call, SessionLookup sessions) {
    McpHeaders headers = call.fields().mcp();
    WellFormed message = call.message();
    if (message == null) {
      return ListeningRules.admit(call.exchange().request(), headers, sessions);
    }
    return backend.sessions().isPresent()
        ? Admission.relayed(message, headers, sessions)
        : Admission.of(message, headers);
  }
}
