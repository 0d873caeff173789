package dev.ostiary.gateway.call;

import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.session.BackendSession;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.mcp.Revision;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the session that a request names, if its revision makes it ask for one. */
final class SessionLookup implements Function<String, Optional<Revision>> {
  private final Backend backend;
  private final Caller caller;
  private @Nullable BackendSession found;
  private @Nullable String event;

  SessionLookup(Backend backend, Caller caller) {
    this.backend = backend;
    this.caller = caller;
  }

  @Override
  public Optional<Revision> apply(String clientId) {
    found = backend.sessions().flatMap(there -> there.open(clientId, caller)).orElse(null);
    return Optional.ofNullable(found).map(BackendSession::revision);
  }

  @Nullable BackendSession found() {
    return found;
  }

  /** Finds the event of that session after which a stream is to be continued. */
  boolean findsEvent(String clientId) {
    BackendSession session = found;
    event =
        session == null
            ? null
            : backend
                .sessions()
                .flatMap(there -> there.openEvent(clientId, session, caller))
                .orElse(null);
    return event != null;
  }

  /** What the backend calls that event; null if none was asked for, or found. */
  @Nullable String event() {
    return event;
  }
}
