package dev.ostiary.gateway.stdio;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets a thread go no faster than so much in a second, so that a child that floods slows down by
 * itself. For one thread.
 */
final class Pace {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final int mostOctets;
  private final int mostLines;
  private long begin = System.nanoTime();
  private long octets;
  private long lines;

  Pace(int mostOctets, int mostLines) {
    this.mostOctets = mostOctets;
    this.mostLines = mostLines;
  }

  void octets(int more) {
    octets += more;
    keep();
  }

  void line() {
    lines++;
    keep();
  }

  private void keep() {
    long since = System.nanoTime() - begin;
    if (since < SECOND && (octets > mostOctets || lines > mostLines)) {
      LockSupport.parkNanos(SECOND - since);
      since = SECOND;
    }
    if (since >= SECOND) {
      begin = System.nanoTime();
      octets = 0;
      lines = 0;
    }
  }
}
