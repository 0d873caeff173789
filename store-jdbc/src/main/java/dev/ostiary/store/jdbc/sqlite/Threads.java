package dev.ostiary.store.jdbc.sqlite;

/** Waiting for a thread of our own to end. */
final class Threads {
  private Threads() {}

  /** Returns when it has ended, however often this thread is interrupted meanwhile. */
  static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
