package dev.ostiary.gateway;

import dev.ostiary.mcp.Revision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The session ids that clients of one server get: the backend's own id, sealed with the revision
 * and the time, and bound to the server and the user. Nothing is remembered, so any node can serve
 * any session; somebody else's id, one that is too old, and junk do not open.
 */
final class SealedSessions {
  private static final int LONGEST = 4096;

  private final String server;
  private final SessionSeal seal;
  private final Duration lifetime;
  private final InstantSource time;

  /**
   * @param server its resource
   */
  SealedSessions(String server, SessionSeal seal, Duration lifetime, InstantSource time) {
    this.server = server;
    this.seal = seal;
    this.lifetime = lifetime;
    this.time = time;
  }

  String seal(String backendId, Revision revision, Caller caller) {
    String plain = revision.wire() + " " + time.instant().getEpochSecond() + " " + backendId;
    return seal.seal(plain, context(caller));
  }

  Optional<BackendSession> open(String clientId, Caller caller) {
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

  private String context(Caller caller) {
    return "session " + server + " " + caller.subject().value();
  }
}
