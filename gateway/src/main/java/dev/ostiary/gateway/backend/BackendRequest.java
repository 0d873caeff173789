package dev.ostiary.gateway.backend;

import dev.ostiary.gateway.reply.AnswerForm;
import dev.ostiary.gateway.session.BackendSession;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.mcp.Message.Batch;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.Kind;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.mcp.RawJson;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a backend is asked.
 *
 * @param elsewhere its address; null for the backend's usual one
 * @param id that an answer must refer to; null if there is none
 * @param expectsAnswer whether an answer without content is none
 * @param opensSession whether the answer may begin a session
 */
record BackendRequest(
    Admitted admitted,
    String method,
    @Nullable URI elsewhere,
    Headers headers,
    Body.Whole body,
    @Nullable RawJson id,
    boolean expectsAnswer,
    boolean opensSession) {
  private static final String SESSION = "Mcp-Session-Id";
  private static final String ANY_ANSWER = "application/json, text/event-stream";

  static BackendRequest of(AdmittedCall call) {
    return new BackendRequest(
        call,
        "POST",
        null,
        inSession(call, call.headers().with("Accept", ANY_ANSWER)),
        Body.of(call.body()),
        call.id(),
        asks(call.message()),
        !call.revision().isModern() && call.isRequest("initialize"));
  }

  /** What another stream answers. */
  static BackendRequest posted(AdmittedCall call, URI to) {
    Headers headers = inSession(call, call.headers());
    return new BackendRequest(
        call, "POST", to, headers, Body.of(call.body()), call.id(), false, false);
  }

  static BackendRequest of(AdmittedListening listening) {
    boolean listens = listening.method().equals("GET");
    Headers forwarded = listening.headers().without("Content-Type");
    Headers headers = listens ? forwarded.with("Accept", "text/event-stream") : forwarded;
    return new BackendRequest(
        listening,
        listening.method(),
        null,
        inSession(listening, headers),
        Body.empty(),
        null,
        listens,
        false);
  }

  /** Whether it asks which revisions of the modern era the backend speaks. */
  boolean discovers() {
    return expectsAnswer
        && admitted instanceof AdmittedCall call
        && call.isRequest("server/discover");
  }

  /** Whether the client takes the answer only if it is no stream. */
  boolean wantsJson() {
    return id != null && admitted instanceof AdmittedCall call && call.form() == AnswerForm.JSON;
  }

  private static boolean asks(WellFormed message) {
    return switch (message) {
      case Envelope envelope -> envelope.kind() == Kind.REQUEST;
      case Batch(var messages, _) -> messages.stream().anyMatch(BackendRequest::asks);
    };
  }

  private static Headers inSession(Admitted admitted, Headers headers) {
    BackendSession session = admitted.session();
    Headers plain = headers.with("Accept-Encoding", "identity");
    return session == null ? plain : plain.with(SESSION, session.backendId());
  }

  /**
   * As it is sent.
   *
   * @param credential fields that count before all others
   */
  OutboundRequest to(URI uri, Headers credential, Duration timeout) {
    Headers all = headers;
    for (Headers.Field field : credential.fields()) {
      all = all.without(field.name());
    }
    for (Headers.Field field : credential.fields()) {
      all = all.with(field.name(), field.value());
    }
    return new OutboundRequest(method, elsewhere == null ? uri : elsewhere, all, body, timeout);
  }
}
