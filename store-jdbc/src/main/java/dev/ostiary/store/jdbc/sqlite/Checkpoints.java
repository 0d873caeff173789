package dev.ostiary.store.jdbc.sqlite;

import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.store.jdbc.sql.Statements;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Copies the log into the database's file, on a thread and a connection of its own: commits do not
 * wait for it. SQLite writes the log from its beginning again once all of it is copied and no
 * reader needs it. While writers never pause, there is always a rest that is not copied, so the log
 * would grow for ever; when it is long, the rest is copied while the writer stands still.
 */
final class Checkpoints implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Checkpoints.class.getName());

  /** How many pages of 4 KiB are copied at once at least, unless they have waited for long. */
  private static final long STEP = 1000;

  /** So many pages of the log are long: 64 MiB. */
  private static final long LONG = 16_384;

  /** So many that something must be wrong: 1 GiB. */
  private static final long TOO_LONG = 262_144;

  /** So few are copied and synced in a few milliseconds. */
  private static final long REST = 500;

  private static final int ATTEMPTS = 4;
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration WAITED = Duration.ofSeconds(10);

  /** After trouble, and after a reader that did not end: the writer is not stopped again soon. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** Tells how long the log is, and does nothing. */
  private static final String LOOK_AT_LOG = "PRAGMA wal_checkpoint(NOOP)";

  /** Copies what no reader and no writer is in the way of. */
  private static final String COPY = "PRAGMA wal_checkpoint(PASSIVE)";

  /** Copies everything and waits for readers of the log, so that the next commit begins it anew. */
  private static final String RESTART = "PRAGMA wal_checkpoint(RESTART)";

  /**
   * The log, in pages.
   *
   * @param busy whether something was in the way
   */
  private record Log(boolean busy, long length, long copied) {
    static Log read(Columns columns) throws SQLException {
      return new Log(columns.number() != 0, columns.number(), columns.number());
    }

    long rest() {
      return length - copied;
    }
  }

  private final Statements statements;
  private final SqliteFile file;
  private final Lock turn;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition change = lock.newCondition();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("ostiary-store-checkpoints").unstarted(this::serve);
  private volatile boolean written;
  private boolean closed;
  private boolean troubled;
  private boolean warned;
  private long copiedAt = System.nanoTime();
  private long noRestartBefore = System.nanoTime();

  /**
   * @param statements this thread's alone from now on
   * @param turn held by the writer during each transaction; fair
   */
  Checkpoints(Statements statements, SqliteFile file, Lock turn) {
    this.statements = statements;
    this.file = file;
    this.turn = turn;
  }

  void start() {
    thread.start();
  }

  /** Something has been committed. */
  void written() {
    if (written) {
      return;
    }
    lock.lock();
    try {
      written = true;
      change.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the one that is under way, and closes the connection. What is not copied then stays. */
  @Override
  public void close() throws SQLException {
    lock.lock();
    try {
      closed = true;
      change.signal();
    } finally {
      lock.unlock();
    }
    Threads.join(thread);
    statements.close();
  }

  private void serve() {
    while (awaitWrites()) {
      Duration pause = LOOK;
      try {
        look();
        if (troubled) {
          LOG.log(System.Logger.Level.INFO, "the database's log is copied into its file again");
        }
        troubled = false;
      } catch (SQLException failure) {
        if (!troubled) {
          LOG.log(
              System.Logger.Level.ERROR,
              "the database''s log cannot be copied into its file, and grows until it can: {0}",
              failure.getMessage());
        }
        troubled = true;
        written = true;
        pause = PAUSE;
      }
      pause(pause);
    }
  }

  /** Whether there are any; if not, the store is closed. */
  private boolean awaitWrites() {
    lock.lock();
    try {
      while (!written && !closed) {
        change.awaitUninterruptibly();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    lock.lock();
    try {
      for (long left = time.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
        boolean _ = change.await(left, TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void look() throws SQLException {
    written = false;
    Log log = run(LOOK_AT_LOG);
    long now = System.nanoTime();
    if (log.rest() >= STEP || (log.rest() > 0 && now - copiedAt >= WAITED.toNanos())) {
      log = run(COPY);
      copiedAt = now;
    }
    if (log.length() >= LONG && now - noRestartBefore >= 0) {
      log = restart(log);
    }
    if (log.rest() > 0) {
      written = true; // it is looked at again, whether there are more or not
    }
    warn(log);
  }

  /**
   * Brings the rest down to what the writer hardly notices, and copies that while it waits. SQLite
   * syncs the file only when the whole log is copied: without the syncs here the writer would wait
   * for that of everything.
   */
  private Log restart(Log log) throws SQLException {
    long before;
    int attempt = 0;
    do {
      before = log.length();
      sync();
      log = run(COPY);
    } while (log.length() - before > REST && ++attempt < ATTEMPTS);
    sync();
    turn.lock();
    try {
      log = run(RESTART);
    } finally {
      turn.unlock();
    }
    if (log.busy()) {
      noRestartBefore = System.nanoTime() + PAUSE.toNanos();
    }
    return log;
  }

  private void sync() throws SQLException {
    try {
      file.sync();
    } catch (IOException failure) {
      throw new SQLException("the file cannot be synced: " + failure.getMessage(), failure);
    }
  }

  private void warn(Log log) {
    if (log.length() >= TOO_LONG && !warned) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the database''s log has {0} MiB: a program has been reading the database for long, and"
              + " while it does, the log grows",
          log.length() / 256);
    }
    warned = log.length() >= TOO_LONG;
  }

  private Log run(String checkpoint) throws SQLException {
    return statements.one(checkpoint, Log::read).orElseThrow();
  }
}
