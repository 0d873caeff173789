package dev.ostiary.gateway.backend;

import dev.ostiary.gateway.policy.Judged;
import dev.ostiary.gateway.reply.AnswerForm;
import dev.ostiary.http.Headers;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.Kind;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.mcp.RawJson;
import org.jspecify.annotations.Nullable;

/** A message that may be sent: that was judged, and was allowed. */
public final class AdmittedCall extends Admitted {
  private final Judged judged;

  public AdmittedCall(CallHead head, Judged judged) {
    super(head);
    this.judged = judged;
  }

  /** What was allowed. */
  public Judged judged() {
    return judged;
  }

  public WellFormed message() {
    return judged.message();
  }

  /** The content as it was judged; may not be a copy. */
  public byte[] body() {
    return judged.octets();
  }

  @Override
  public Headers headers() {
    return ForwardedFields.of(head.request().headers(), message());
  }

  /** How the client takes the answer. */
  AnswerForm form() {
    return AnswerForm.of(head.request().headers());
  }

  /** What an answer must refer to; null if there is no one request. */
  public @Nullable RawJson id() {
    return message() instanceof Envelope envelope && envelope.kind() == Kind.REQUEST
        ? envelope.id()
        : null;
  }

  /** Whether it is one request of this method. */
  public boolean isRequest(String method) {
    return message() instanceof Envelope envelope
        && envelope.kind() == Kind.REQUEST
        && envelope.method().equals(method);
  }
}
