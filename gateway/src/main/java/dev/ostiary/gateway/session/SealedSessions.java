package dev.ostiary.gateway.session;

import dev.ostiary.gateway.token.Caller;
import dev.ostiary.mcp.Revision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The session ids that clients of one server get: the backend's own id, sealed with the revision
 * and the time, and bound to the server and the user. Nothing is remembered, so any node can serve
 * any session; the id of another caller, one that is too old, and junk do not open. The ids of
 * events are bound to their session in the same way.
 */
public final class SealedSessions {
  private static final int LONGEST = 4096;

  private final String server;
  private final SessionSeal seal;
  private final Duration lifetime;
  private final InstantSource time;

  /**
   * @param server its resource
   */
  public SealedSessions(String server, SessionSeal seal, Duration lifetime, InstantSource time) {
    this.server = server;
    this.seal = seal;
    this.lifetime = lifetime;
    this.time = time;
  }

  public String seal(String backendId, Revision revision, Caller caller) {
    String plain = revision.wire() + " " + time.instant().getEpochSecond() + " " + backendId;
    return seal.seal(plain, context(caller));
  }

  /**
   * Seals the id of an event of a stream.
   *
   * @param session the backend's id of the session that the stream belongs to; empty if there is
   *     none, and then the rest of the stream cannot be asked for
   */
  public String sealEvent(String eventId, String session, Caller caller) {
    return seal.seal(eventId, eventContext(session, caller));
  }

  /** The backend's id of the event; empty if it is not of a stream of this session. */
  public Optional<String> openEvent(String clientId, BackendSession session, Caller caller) {
    return clientId.length() > LONGEST
        ? Optional.empty()
        : seal.open(clientId, eventContext(session.backendId(), caller));
  }

  public Optional<BackendSession> open(String clientId, Caller caller) {
    return clientId.length() > LONGEST
        ? Optional.empty()
        : seal.open(clientId, context(caller)).flatMap(plain -> read(clientId, plain));
  }

  private Optional<BackendSession> read(String clientId, String plain) {
    String[] parts = plain.split(" ", 3);
    Instant end = Instant.ofEpochSecond(Long.parseLong(parts[1])).plus(lifetime);
    return time.instant().isBefore(end)
        ? Revision.of(parts[0]).map(revision -> new BackendSession(clientId, parts[2], revision))
        : Optional.empty();
  }

  private String eventContext(String session, Caller caller) {
    return "event " + server + " " + caller.subject().value() + " " + session;
  }

  private String context(Caller caller) {
    return "session " + server + " " + caller.subject().value();
  }
}
