package dev.ostiary.http.fetch;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets only so many fetches run at once, and fewer of one host. */
final class FetchSlots {
  private final int atOnce;
  private final int ofOneHost;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Map<String, Integer> running = new HashMap<>();
  private int total;

  FetchSlots(int atOnce, int ofOneHost) {
    this.atOnce = atOnce;
    this.ofOneHost = ofOneHost;
  }

  /** Waits for a turn; false when the time is over before there is one. */
  boolean take(String host, TimeLeft time) throws InterruptedException {
    lock.lock();
    try {
      while (total >= atOnce || running.getOrDefault(host, 0) >= ofOneHost) {
        if (ended.awaitNanos(time.nanos()) <= 0) {
          return false;
        }
      }
      total++;
      running.merge(host, 1, Integer::sum);
      return true;
    } finally {
      lock.unlock();
    }
  }

  void end(String host) {
    lock.lock();
    try {
      total--;
      running.computeIfPresent(host, (_, count) -> count == 1 ? null : count - 1);
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
