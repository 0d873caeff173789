package dev.ostiary.gateway.stdio;

import dev.ostiary.protocol.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** How many children there may be, of one user and in all. An idle one makes way for another. */
final class Room {
  /** Somebody who needs a place. Compared by identity. */
  interface Occupant {
    Subject user();

    /** When it was used last. */
    Instant lastUsed();

    /**
     * Begins to end, if it is idle. Must not block.
     *
     * @return whether it does
     */
    boolean givesWay();
  }

  private final int most;
  private final int perUser;
  private final Set<Occupant> inside = new HashSet<>();
  private final Set<Occupant> leaving = new HashSet<>();
  private final Set<Occupant> waiting = new HashSet<>();

  Room(int most, int perUser) {
    this.most = most;
    this.perUser = perUser;
  }

  /**
   * Takes a place; waits for one that is about to be free. Blocks.
   *
   * @param patience how long it waits at most
   * @return false if there is none
   */
  synchronized boolean enter(Occupant one, Duration patience) throws InterruptedException {
    Predicate<Occupant> same = other -> other.user().equals(one.user());
    waiting.add(one);
    try {
      while (coming(same) > perUser || coming(_ -> true) > most) {
        if (!makesWay(coming(same) > perUser ? same : _ -> true)) {
          return false;
        }
      }
      long end = System.nanoTime() + patience.toNanos();
      while (count(inside, same) >= perUser || inside.size() >= most) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        wait(left);
      }
      inside.add(one);
      return true;
    } finally {
      waiting.remove(one);
    }
  }

  /** How many there will be when those have left that are about to, and all who wait are in. */
  private long coming(Predicate<Occupant> which) {
    return count(inside, which) - count(leaving, which) + count(waiting, which);
  }

  private static long count(Set<Occupant> all, Predicate<Occupant> which) {
    return all.stream().filter(which).count();
  }

  /** Of those that are idle, the one that was used longest ago. */
  private boolean makesWay(Predicate<Occupant> which) {
    List<Occupant> candidates = new ArrayList<>(inside);
    candidates.removeIf(each -> leaving.contains(each) || !which.test(each));
    candidates.sort(Comparator.comparing(Occupant::lastUsed));
    for (Occupant each : candidates) {
      if (each.givesWay()) {
        leaving.add(each);
        return true;
      }
    }
    return false;
  }

  /** Its place will be free soon. */
  synchronized void isLeaving(Occupant one) {
    if (inside.contains(one)) {
      leaving.add(one);
    }
  }

  /** Its place is free. */
  synchronized void leave(Occupant one) {
    leaving.remove(one);
    if (inside.remove(one)) {
      notifyAll();
    }
  }
}
