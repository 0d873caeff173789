package dev.ostiary.http.netty;

import java.util.concurrent.atomic.AtomicLong;

/** How many octets of request content may still be held, over all connections. */
final class BodyBudget {
  private final AtomicLong left;

  BodyBudget(long octets) {
    this.left = new AtomicLong(octets);
  }

  boolean take(long octets) {
    if (left.addAndGet(-octets) >= 0) {
      return true;
    }
    left.addAndGet(octets);
    return false;
  }

  void give(long octets) {
    left.addAndGet(octets);
  }
}
