package dev.ostiary.gateway.peer;

import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.backend.CallHead;
import dev.ostiary.gateway.policy.Judged;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.token.Caller;
import org.jspecify.annotations.Nullable;

/**
 * The client's call because of which a message is sent to a backend: for whom it is sent, and what
 * was allowed.
 *
 * @param judged what the policy has allowed; null if nothing of what policies are about is asked
 * @param reply where the client's answer goes; null if no client waits for one
 */
public record Cause(CallHead head, @Nullable Judged judged, @Nullable CallReply reply) {
  public static Cause of(AdmittedCall call, CallReply reply) {
    return new Cause(call.head(), call.judged(), reply);
  }

  /** Nothing that a policy is about: what follows from a call in general. */
  public static Cause of(CallHead head) {
    return new Cause(head, null, null);
  }

  /** The same when no client waits for an answer any more. */
  public Cause unawaited() {
    return new Cause(head, judged, null);
  }

  public Caller caller() {
    return head.caller();
  }

  /** Names the request in logs. */
  public String requestId() {
    return head.request().id();
  }
}
