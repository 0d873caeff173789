package dev.ostiary.server.operate;

import java.io.IOException;
import java.nio.channels.Channel;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Closes a channel on which nothing has happened for too long: whoever waits on it is freed. */
final class Patience implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Patience.class.getName());

  private final Channel channel;
  private final long limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition change = lock.newCondition();
  private long deadline;
  private boolean over;

  private Patience(Channel channel, Duration limit) {
    this.channel = channel;
    this.limit = limit.toNanos();
    this.deadline = System.nanoTime() + this.limit;
  }

  static Patience with(Channel channel, Duration limit) {
    Patience patience = new Patience(channel, limit);
    Thread.ofVirtual().name("operating-patience").start(patience::watch);
    return patience;
  }

  /** Something has happened. */
  void renew() {
    lock.lock();
    try {
      deadline = System.nanoTime() + limit;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      over = true;
      change.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void watch() {
    try {
      if (!isOverInTime()) {
        channel.close();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (IOException failure) {
      LOG.log(System.Logger.Level.WARNING, "a connection cannot be closed", failure);
    }
  }

  private boolean isOverInTime() throws InterruptedException {
    lock.lock();
    try {
      while (!over) {
        long rest = deadline - System.nanoTime();
        if (rest <= 0) {
          return false;
        }
        boolean _ = change.awaitNanos(rest) > 0;
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
