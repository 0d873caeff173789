package dev.ostiary.gateway.backend;

import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.session.BackendSession;
import dev.ostiary.gateway.token.Caller;
import java.util.Optional;

/** What a backend makes of GET, DELETE and the sessions of older revisions. */
public interface SessionBackend {
  /** The session of this caller by the id that we gave the client; empty if there is none. */
  Optional<BackendSession> open(String clientId, Caller caller);

  /**
   * What the backend calls an event of this session, by the id that we gave the client; empty if it
   * is of no stream of this session.
   */
  Optional<String> openEvent(String clientId, BackendSession session, Caller caller);

  /**
   * Takes up a GET or DELETE. Called on an event loop, so it must not block; it answers once, now
   * or later.
   */
  void take(AdmittedListening listening, CallReply reply);
}
