package dev.ostiary.store.jdbc.sqlite;

import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.store.jdbc.sql.Failures;
import dev.ostiary.store.jdbc.sql.Statements;
import dev.ostiary.store.jdbc.sql.Work;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A few connections that read, each lent to one caller at a time. */
final class Readers implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition change = lock.newCondition();
  private final List<Statements> all;
  private final Deque<Statements> idle;
  private boolean closed;

  Readers(List<Statements> connections) {
    all = List.copyOf(connections);
    idle = new ArrayDeque<>(all);
  }

  <T> T run(Work<T> work) {
    Statements statements = borrow();
    try {
      return work.run(statements);
    } catch (SQLException failure) {
      throw Failures.of(failure);
    } finally {
      giveBack(statements);
    }
  }

  /** Lends no more connections, and closes them when all are back. */
  @Override
  public void close() throws SQLException {
    lock.lock();
    try {
      closed = true;
      change.signalAll();
      while (idle.size() < all.size()) {
        change.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
    for (Statements statements : all) {
      statements.close();
    }
  }

  private Statements borrow() {
    lock.lock();
    try {
      while (idle.isEmpty() && !closed) {
        change.awaitUninterruptibly();
      }
      if (closed) {
        throw new StoreUnavailable("the store is closed");
      }
      return idle.pop();
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(Statements statements) {
    lock.lock();
    try {
      idle.push(statements);
      change.signal();
    } finally {
      lock.unlock();
    }
  }
}
