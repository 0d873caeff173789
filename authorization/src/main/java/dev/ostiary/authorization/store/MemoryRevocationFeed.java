package dev.ostiary.authorization.store;

import dev.ostiary.protocol.GrantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The grants that have ended, in a list. */
final class MemoryRevocationFeed implements RevocationFeed {
  private record Entry(Ended ended, Instant at) {}

  private final Object lock;
  private final List<Entry> entries = new ArrayList<>();
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
  public List<Ended> since(long epoch) {
    synchronized (lock) {
      return entries.stream().map(Entry::ended).filter(ended -> ended.epoch() > epoch).toList();
    }
  }

  void add(GrantId grant, Instant now) {
    synchronized (lock) {
      epoch++;
      entries.add(new Entry(new Ended(epoch, grant), now));
    }
  }

  void purge(Instant now) {
    synchronized (lock) {
      entries.removeIf(entry -> !now.isBefore(entry.at().plus(KEPT)));
    }
  }
}
