package dev.ostiary.gateway.call;

import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.backend.CallHead;
import dev.ostiary.gateway.policy.Judged;
import dev.ostiary.gateway.policy.ReadOnlyHints;
import dev.ostiary.gateway.policy.Verdict;
import dev.ostiary.gateway.refusal.CallRefusal;
import dev.ostiary.gateway.session.BackendSession;
import dev.ostiary.gateway.token.TokenHash;
import dev.ostiary.gateway.token.VerifiedToken;
import dev.ostiary.gateway.tool.ToolLists;
import dev.ostiary.http.Body;
import dev.ostiary.http.Exchange;
import dev.ostiary.mcp.Admission;
import dev.ostiary.mcp.Message;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.Malformed;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.Revision;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.protocol.Scopes;
import org.jspecify.annotations.Nullable;

/** The content of a POST on its way to the backend: read, admitted, judged, forwarded. */
final class PostedMessage {
  private final McpEndpoint endpoint;
  private final ServerCalls calls;
  private final Exchange exchange;
  private final CallFields fields;
  private final TokenHash hash;
  private final VerifiedToken token;

  PostedMessage(
      McpEndpoint endpoint,
      Exchange exchange,
      CallFields fields,
      TokenHash hash,
      VerifiedToken token) {
    this.endpoint = endpoint;
    this.calls = endpoint.calls();
    this.exchange = exchange;
    this.fields = fields;
    this.hash = hash;
    this.token = token;
  }

  void take(Body.Whole content) {
    switch (Message.scan(content.bytes())) {
      case Malformed(RpcError error, RawJson id) ->
          refuse(new CallRefusal.NotAdmitted(new Admission.Refused(400, error, id)));
      case WellFormed message -> admit(message);
    }
  }

  private void admit(WellFormed message) {
    Backend backend = calls.server().backend();
    SessionLookup sessions = new SessionLookup(backend, token.caller());
    Admission admission =
        backend.sessions().isPresent()
            ? Admission.relayed(message, fields.mcp(), sessions)
            : Admission.of(message, fields.mcp());
    switch (admission) {
      case Admission.Refused refused -> refuse(new CallRefusal.NotAdmitted(refused));
      case Admission.Admitted(Revision revision) -> list(message, revision, sessions.found());
    }
  }

  /** Where it matters what the server says of its tools, that has to be known first. */
  private void list(WellFormed message, Revision revision, @Nullable BackendSession session) {
    ReadOnlyHints marks = calls.tools().marks(token.caller());
    if (!calls.guard().asksOfTools(message, marks, calls.heartbeat().now())) {
      judge(message, revision, session, marks);
      return;
    }
    var _ =
        calls
            .tools()
            .read(head(revision, session))
            .whenComplete(
                (outcome, _) ->
                    endpoint.unlessBroken(
                        exchange, fields, () -> listed(outcome, message, revision, session)));
  }

  private void listed(
      ToolLists.@Nullable Outcome outcome,
      WellFormed message,
      Revision revision,
      @Nullable BackendSession session) {
    ReadOnlyHints marks = calls.tools().marks(token.caller());
    switch (outcome) {
      case READ -> judge(message, revision, session, marks);
      case SIGN_IN_AGAIN -> refuse(new CallRefusal.SignInAgain());
      case UNAVAILABLE -> {
        if (calls.guard().knowsTools(message, marks)) {
          judge(message, revision, session, marks);
        } else {
          refuse(new CallRefusal.Undecided());
        }
      }
      case null -> refuse(new CallRefusal.Undecided());
    }
  }

  private void judge(
      WellFormed message,
      Revision revision,
      @Nullable BackendSession session,
      ReadOnlyHints marks) {
    Scopes held = token.caller().scopes();
    switch (calls.guard().judge(message, held, marks)) {
      case Verdict.Allowed(Judged judged) -> {
        var call = new AdmittedCall(head(revision, session), judged);
        RunningCall reply = new RunningCall(calls, exchange, token, call, fields.origin());
        endpoint.run(reply, hash, () -> calls.server().backend().take(call, reply));
      }
      case Verdict.Denied denied -> refuse(new CallRefusal.NotAllowed(message, revision, denied));
      case Verdict.ScopeMissing(Scopes needed) -> {
        RawJson id = message instanceof Envelope envelope ? envelope.id() : null;
        refuse(CallRefusal.ScopeMissing.of(needed, held, revision, id));
      }
    }
  }

  private CallHead head(Revision revision, @Nullable BackendSession session) {
    return new CallHead(exchange.request(), token.caller(), revision, session);
  }

  private void refuse(CallRefusal refusal) {
    endpoint.refuse(exchange, fields, refusal);
  }
}
