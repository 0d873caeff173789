package dev.ostiary.authorization.store.memory;

import dev.ostiary.authorization.store.Revocation;
import dev.ostiary.authorization.store.RevocationFeed;
import dev.ostiary.protocol.GrantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What was revoked, in a list. */
final class MemoryRevocationFeed implements RevocationFeed {
  private record Kept(Entry entry, Instant until) {}

  private final Object lock;
  private final List<Kept> entries = new ArrayList<>();
  private final Set<String> revokedTokens = new HashSet<>();
  private long epoch;

  MemoryRevocationFeed(Object lock) {
    this.lock = lock;
  }

  @Override
  public long epoch() {
    synchronized (lock) {
      return epoch;
    }
  }

  @Override
  public List<Entry> since(long epoch) {
    synchronized (lock) {
      return entries.stream().map(Kept::entry).filter(entry -> entry.epoch() > epoch).toList();
    }
  }

  @Override
  public boolean revoke(String jti, Instant expiresAt, Instant now) {
    synchronized (lock) {
      if (!revokedTokens.add(jti)) {
        return false;
      }
      add(new Revocation.RevokedToken(jti, expiresAt), expiresAt.plus(KEPT_EXPIRED));
      return true;
    }
  }

  void ended(GrantId grant, Instant now) {
    synchronized (lock) {
      add(new Revocation.EndedGrant(grant), now.plus(KEPT));
    }
  }

  boolean isRevoked(String jti) {
    synchronized (lock) {
      return revokedTokens.contains(jti);
    }
  }

  void purge(Instant now) {
    synchronized (lock) {
      for (Kept kept : entries) {
        if (isOver(kept, now)
            && kept.entry().revocation() instanceof Revocation.RevokedToken(String jti, var _)) {
          revokedTokens.remove(jti);
        }
      }
      entries.removeIf(kept -> isOver(kept, now));
    }
  }

  private void add(Revocation revocation, Instant until) {
    epoch++;
    entries.add(new Kept(new Entry(epoch, revocation), until));
  }

  private static boolean isOver(Kept kept, Instant now) {
    return !now.isBefore(kept.until());
  }
}
