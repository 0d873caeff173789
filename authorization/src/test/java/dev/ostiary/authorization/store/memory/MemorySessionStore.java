package dev.ostiary.authorization.store.memory;

import dev.ostiary.authorization.hash.SessionHash;
import dev.ostiary.authorization.store.BrowserSession;
import dev.ostiary.authorization.store.SessionStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Browser sessions in a map. */
final class MemorySessionStore implements SessionStore {
  private final Object lock;
  private final Map<SessionHash, BrowserSession> sessions = new HashMap<>();

  MemorySessionStore(Object lock) {
    this.lock = lock;
  }

  @Override
  public void add(BrowserSession session) {
    synchronized (lock) {
      Added.to(sessions, session.hash(), session);
    }
  }

  @Override
  public Optional<BrowserSession> find(SessionHash hash, Instant now) {
    synchronized (lock) {
      return Optional.ofNullable(sessions.get(hash))
          .filter(session -> now.isBefore(session.expiresAt()));
    }
  }

  @Override
  public void end(SessionHash hash) {
    synchronized (lock) {
      sessions.remove(hash);
    }
  }

  void purge(Instant now) {
    synchronized (lock) {
      sessions.values().removeIf(session -> !now.isBefore(session.expiresAt()));
    }
  }
}
