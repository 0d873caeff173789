package dev.ostiary.store.jdbc.sqlite;

import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.store.jdbc.sql.Statements;
import dev.ostiary.store.jdbc.sql.Work;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One thread that writes for all. It takes every operation that waits, runs them in one
 * transaction, and acknowledges each after the commit, which costs one sync of the disk for all of
 * them. When one fails the others are run again one by one, so that it fails alone.
 */
final class GroupCommit implements AutoCloseable {
  private static final int LARGEST = 512;

  private final Statements statements;
  private final Lock turn;
  private final Runnable written;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrival = lock.newCondition();
  private final Queue<Operation<?>> waiting = new ArrayDeque<>();
  private final Thread writer =
      Thread.ofPlatform().daemon().name("ostiary-store-writer").unstarted(this::serve);
  private boolean closed;
  private final AtomicLong commits = new AtomicLong();

  /**
   * @param statements this thread's alone from now on
   * @param turn held during each transaction
   * @param written is told of each commit
   */
  GroupCommit(Statements statements, Lock turn, Runnable written) {
    this.statements = statements;
    this.turn = turn;
    this.written = written;
  }

  void start() {
    writer.start();
  }

  <T> T run(Work<T> work) {
    Operation<T> operation = new Operation<>(work);
    lock.lock();
    try {
      if (closed) {
        throw new StoreUnavailable("the store is closed");
      }
      waiting.add(operation);
      arrival.signal();
    } finally {
      lock.unlock();
    }
    return operation.await();
  }

  /** How many transactions have been committed. */
  long commits() {
    return commits.get();
  }

  /** How many operations wait for the next transaction. */
  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more operations, and returns when those that wait are done. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      arrival.signal();
    } finally {
      lock.unlock();
    }
    Threads.join(writer);
  }

  private void serve() {
    for (List<Operation<?>> batch = next(); !batch.isEmpty(); batch = next()) {
      turn.lock();
      try {
        commit(batch);
      } finally {
        turn.unlock();
      }
      written.run();
    }
  }

  /** Waits for operations; none means that the store is closed. */
  private List<Operation<?>> next() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        arrival.awaitUninterruptibly();
      }
      List<Operation<?>> batch = new ArrayList<>();
      while (!waiting.isEmpty() && batch.size() < LARGEST) {
        batch.add(waiting.remove());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Whatever is thrown belongs to a caller who waits; this thread goes on. */
  @SuppressWarnings("CatchingUnchecked")
  private void commit(List<Operation<?>> batch) {
    try {
      statements.change("BEGIN IMMEDIATE");
      for (Operation<?> operation : batch) {
        operation.run(statements);
      }
    } catch (Throwable failure) {
      rollBack(failure);
      if (batch.size() == 1) {
        batch.getFirst().fail(failure);
      } else {
        batch.forEach(operation -> commit(List.of(operation)));
      }
      return;
    }
    try {
      statements.change("COMMIT");
    } catch (Throwable failure) {
      rollBack(failure);
      batch.forEach(operation -> operation.fail(failure));
      return;
    }
    commits.incrementAndGet();
    batch.forEach(Operation::acknowledge);
  }

  /** The database may have rolled back by itself, and then this fails too. */
  private void rollBack(Throwable failure) {
    try {
      statements.change("ROLLBACK");
    } catch (SQLException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }
}
