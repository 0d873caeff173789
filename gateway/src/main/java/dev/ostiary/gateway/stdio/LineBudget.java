package dev.ostiary.gateway.stdio;

import java.util.concurrent.atomic.AtomicLong;

/** How much memory all long lines together may take while they are read. */
public final class LineBudget {
  private final AtomicLong free;

  /**
   * @param octets in all
   */
  public LineBudget(long octets) {
    this.free = new AtomicLong(octets);
  }

  /** A part of the heap: what is made of a line takes several times its size. */
  public static LineBudget ofHeap() {
    return new LineBudget(Math.max(Runtime.getRuntime().maxMemory() / 16, LineReader.LONGEST * 2L));
  }

  boolean take(int octets) {
    if (free.addAndGet(-octets) >= 0) {
      return true;
    }
    free.addAndGet(octets);
    return false;
  }

  void give(int octets) {
    free.addAndGet(octets);
  }
}
