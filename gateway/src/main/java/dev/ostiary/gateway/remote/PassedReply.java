package dev.ostiary.gateway.remote;

import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.stream.StreamTimeouts;
import dev.ostiary.http.Body;
import dev.ostiary.http.Reply;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.protocol.Scopes;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Passes on what a backend answers, unless it shows that the backend speaks another era. */
abstract class PassedReply implements CallReply {
  /** What happens with a call that was refused before anything was done. */
  interface Doubt {
    /**
     * @param asItIs passes the refusal on
     */
    void about(AdmittedCall call, CallReply reply, Runnable asItIs);
  }

  private final CallReply client;
  private final AdmittedCall call;
  private final Doubt doubt;

  PassedReply(CallReply client, AdmittedCall call, Doubt doubt) {
    this.client = client;
    this.call = call;
    this.doubt = doubt;
  }

  /** Whether an answer that is there as a whole is what a server of this era may answer. */
  abstract boolean isFitting(int status, byte[] content);

  final AdmittedCall call() {
    return call;
  }

  @Override
  public final void json(int status, byte[] json) {
    if (isFitting(status, json)) {
      client.json(status, json);
    } else {
      doubt.about(call, client, () -> client.json(status, json));
    }
  }

  @Override
  public final void relay(Reply answer, StreamTimeouts timeouts, Runnable ended) {
    if (!(answer.body() instanceof Body.Whole whole) || isFitting(answer.status(), whole.bytes())) {
      client.relay(answer, timeouts, ended);
    } else {
      ended.run();
      doubt.about(call, client, () -> client.relay(answer, timeouts, () -> {}));
    }
  }

  @Override
  public final void fail(
      int status, RpcError error, @Nullable RawJson id, @Nullable Duration retryAfter) {
    client.fail(status, error, id, retryAfter);
  }

  @Override
  public final void accepted() {
    client.accepted();
  }

  @Override
  public final void signInAgain() {
    client.signInAgain();
  }

  @Override
  public final boolean stepUp(Scopes wanted) {
    return client.stepUp(wanted);
  }

  @Override
  public final CompletionStage<Boolean> isRepeatable() {
    return client.isRepeatable();
  }

  @Override
  public final void onCancel(Runnable action) {
    client.onCancel(action);
  }
}
