package dev.ostiary.gateway.call;

import static java.util.Objects.requireNonNull;

import dev.ostiary.gateway.backend.Admitted;
import dev.ostiary.gateway.backend.CallHead;
import dev.ostiary.gateway.refusal.CallRefusal;
import dev.ostiary.gateway.token.TokenHash;
import dev.ostiary.gateway.token.VerifiedToken;
import dev.ostiary.http.Exchange;
import dev.ostiary.mcp.Message.WellFormed;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call on its way through the checks, and what they have found out. Used by one thread at a time;
 * what no check has found yet cannot be asked for.
 */
final class CallContext {
  private final CheckedEndpoint endpoint;
  private final Consumer<Admitted> onAdmitted;
  private final Exchange exchange;
  private final CallFields fields;
  private int checks;
  private @Nullable TokenHash hash;
  private @Nullable VerifiedToken token;
  private @Nullable WellFormed message;
  private @Nullable CallHead head;
  private @Nullable Admitted admitted;

  /**
   * @param onAdmitted is told what is admitted, before it is forwarded
   */
  CallContext(CheckedEndpoint endpoint, Exchange exchange, Consumer<Admitted> onAdmitted) {
    this.endpoint = endpoint;
    this.onAdmitted = onAdmitted;
    this.exchange = exchange;
    this.fields = new CallFields(exchange.request().headers());
  }

  /** Goes on with the next check, or to the backend. */
  void pass() {
    endpoint.next(this, checks++);
  }

  /** Ends the call with this answer. */
  void refuse(CallRefusal refusal) {
    endpoint.refuse(this, refusal);
  }

  /** Ends the call that a defect has broken off. */
  void broken(Throwable defect) {
    endpoint.broken(this, defect);
  }

  /** Runs what blocks on a thread of its own; without room for it, the call is refused. */
  void onExecutor(Runnable work) {
    endpoint.onExecutor(this, work);
  }

  Exchange exchange() {
    return exchange;
  }

  /** The method of HTTP. */
  String method() {
    return exchange.request().method();
  }

  CallFields fields() {
    return fields;
  }

  void authenticated(TokenHash by, VerifiedToken found) {
    hash = by;
    token = found;
  }

  TokenHash hash() {
    return requireNonNull(hash, "no access token yet");
  }

  VerifiedToken token() {
    return requireNonNull(token, "no access token yet");
  }

  void read(WellFormed content) {
    message = content;
  }

  /** The content; null for a method without content, or if it has not been read. */
  @Nullable WellFormed message() {
    return message;
  }

  void begin(CallHead found) {
    head = found;
  }

  CallHead head() {
    return requireNonNull(head, "no revision yet");
  }

  void admit(Admitted what) {
    admitted = what;
  }

  /** What all checks have let pass. */
  Admitted admitted() {
    return requireNonNull(admitted, "not admitted");
  }

  /** Says that all checks have let it pass. */
  void tellAdmitted() {
    onAdmitted.accept(admitted());
  }
}
