package dev.ostiary.gateway.backend;

import dev.ostiary.gateway.session.BackendSession;
import dev.ostiary.gateway.session.SealedSessions;
import dev.ostiary.gateway.stream.AnswerEvents;
import dev.ostiary.gateway.stream.SealedEvents;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.mcp.InitializeResult;
import dev.ostiary.mcp.Revision;
import java.util.Optional;

/** What a client sees of the session that a backend's answer belongs to: names of its own. */
final class AnswerSession {
  private static final String SESSION = "Mcp-Session-Id";

  private final SealedSessions sessions;
  private final BackendRequest request;

  AnswerSession(SealedSessions sessions, BackendRequest request) {
    this.sessions = sessions;
    this.request = request;
  }

  /** Whether the answer names one. */
  boolean isIn(Reply answer) {
    return answer.headers().has(SESSION);
  }

  /** What an answer to {@code initialize} has settled on. */
  Optional<Revision> settled(Reply answer, byte[] read) {
    if (!request.opensSession()) {
      return Optional.empty();
    }
    return AnswerEvents.isIn(answer.headers())
        ? AnswerEvents.answer(read).flatMap(InitializeResult::revision)
        : InitializeResult.revision(read);
  }

  /** What the client may see, and its own name for the session. */
  Headers fields(Reply answer, Optional<Revision> settled) {
    Headers kept = RelayedFields.of(answer.headers());
    Optional<String> id = answer.headers().first(SESSION);
    if (id.isEmpty() || request.admitted().revision().isModern()) {
      return kept;
    }
    BackendSession known = request.admitted().session();
    if (known != null && known.backendId().equals(id.get())) {
      return kept.with(SESSION, known.clientId());
    }
    Revision revision = settled.orElse(request.admitted().revision());
    Caller caller = request.admitted().caller();
    return kept.with(SESSION, sessions.seal(id.get(), revision, caller));
  }

  /** The modern era has no streams that can be asked for again, and takes no ids. */
  Body sealed(Reply answer, Body body) {
    Admitted admitted = request.admitted();
    if (admitted.revision().isModern() || !AnswerEvents.isIn(answer.headers())) {
      return body;
    }
    BackendSession session = admitted.session();
    String id = answer.headers().first(SESSION).orElse(session == null ? "" : session.backendId());
    return SealedEvents.of(body, event -> sessions.sealEvent(event, id, admitted.caller()));
  }
}
