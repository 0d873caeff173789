package dev.ostiary.authorization.store;

import dev.ostiary.authorization.hash.SessionHash;
import java.time.Instant;
import java.util.Optional;

/** Remembers browser sessions. */
public interface SessionStore {
  void add(BrowserSession session);

  Optional<BrowserSession> find(SessionHash hash, Instant now);

  void end(SessionHash hash);
}
