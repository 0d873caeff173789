package dev.ostiary.gateway;

import dev.ostiary.gateway.policy.Judged;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Request;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.Kind;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.Revision;
import org.jspecify.annotations.Nullable;

/** A message that may be sent: that was judged, and was allowed. */
public final class AdmittedCall implements Admitted {
  private final Request request;
  private final Caller caller;
  private final Judged judged;
  private final Revision revision;
  private final @Nullable BackendSession session;

  AdmittedCall(
      Request request,
      Caller caller,
      Judged judged,
      Revision revision,
      @Nullable BackendSession session) {
    this.request = request;
    this.caller = caller;
    this.judged = judged;
    this.revision = revision;
    this.session = session;
  }

  @Override
  public String requestId() {
    return request.id();
  }

  @Override
  public Caller caller() {
    return caller;
  }

  public WellFormed message() {
    return judged.message();
  }

  @Override
  public Revision revision() {
    return revision;
  }

  @Override
  public @Nullable BackendSession session() {
    return session;
  }

  /** The content as it was judged; may not be a copy. */
  public byte[] body() {
    return judged.octets();
  }

  @Override
  public Headers headers() {
    return ForwardedFields.of(request.headers(), message());
  }

  /** How the client takes the answer. */
  AnswerForm form() {
    return AnswerForm.of(request.headers());
  }

  /** What an answer must refer to; null if there is no one request. */
  @Nullable RawJson id() {
    return message() instanceof Envelope envelope && envelope.kind() == Kind.REQUEST
        ? envelope.id()
        : null;
  }

  /** For reading the server's list of tools like this call. */
  ToolLists.Context asContext() {
    return new ToolLists.Context(request, caller, revision, session);
  }

  /** Whether it is one request of this method. */
  boolean isRequest(String method) {
    return message() instanceof Envelope envelope
        && envelope.kind() == Kind.REQUEST
        && envelope.method().equals(method);
  }

  @Override
  public String toString() {
    return request.id() + " " + revision.wire();
  }
}
