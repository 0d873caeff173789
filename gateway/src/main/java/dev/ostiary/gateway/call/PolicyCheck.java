package dev.ostiary.gateway.call;

import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.policy.Judged;
import dev.ostiary.gateway.policy.ReadOnlyHints;
import dev.ostiary.gateway.policy.Verdict;
import dev.ostiary.gateway.refusal.CallRefusal;
import dev.ostiary.gateway.tool.ToolLists;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.Revision;
import dev.ostiary.protocol.Scopes;
import org.jspecify.annotations.Nullable;

/** Holds a message to the server's policy. A GET or DELETE has nothing that a policy names. */
final class PolicyCheck implements CallCheck {
  private final ServerCalls calls;

  PolicyCheck(ServerCalls calls) {
    this.calls = calls;
  }

  @Override
  public void check(CallContext call) {
    WellFormed message = call.message();
    if (message == null) {
      call.pass();
      return;
    }
    ReadOnlyHints hints = hints(call);
    if (calls.evaluator().asksOfTools(message, hints, calls.ticker().now())) {
      list(call, message);
    } else {
      judge(call, message, hints);
    }
  }

  /** Where it matters what the server says of its tools, that has to be known first. */
  private void list(CallContext call, WellFormed message) {
    var _ =
        calls
            .tools()
            .read(call.head())
            .whenComplete(
                (outcome, _) -> {
                  try {
                    listed(call, message, outcome);
                  } catch (RuntimeException | Error defect) {
                    call.broken(defect);
                  }
                });
  }

  private void listed(CallContext call, WellFormed message, ToolLists.@Nullable Outcome outcome) {
    ReadOnlyHints hints = hints(call);
    switch (outcome) {
      case READ -> judge(call, message, hints);
      case SIGN_IN_AGAIN -> call.refuse(new CallRefusal.SignInAgain());
      case UNAVAILABLE -> {
        if (calls.evaluator().knowsTools(message, hints)) {
          judge(call, message, hints);
        } else {
          call.refuse(new CallRefusal.Undecided());
        }
      }
      case null -> call.refuse(new CallRefusal.Undecided());
    }
  }

  private void judge(CallContext call, WellFormed message, ReadOnlyHints hints) {
    Scopes held = call.token().caller().scopes();
    Revision revision = call.head().revision();
    switch (calls.evaluator().judge(message, held, hints)) {
      case Verdict.Allowed(Judged judged) -> {
        call.admit(new AdmittedCall(call.head(), judged));
        call.pass();
      }
      case Verdict.Denied denied ->
          call.refuse(new CallRefusal.NotAllowed(message, revision, denied));
      case Verdict.ScopeMissing(Scopes needed) -> {
        RawJson id = message instanceof Envelope envelope ? envelope.id() : null;
        call.refuse(CallRefusal.ScopeMissing.of(needed, held, revision, id));
      }
    }
  }

  private ReadOnlyHints hints(CallContext call) {
    return calls.tools().hints(call.token().caller());
  }
}
