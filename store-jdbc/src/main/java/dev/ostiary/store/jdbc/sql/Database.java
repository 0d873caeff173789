package dev.ostiary.store.jdbc.sql;

import java.util.Optional;

/** A database and its transactions. Safe for use by many threads at once. */
public interface Database extends AutoCloseable {
  /** Reads with one statement; sees everything that has been acknowledged. */
  <T> T read(Work<T> work);

  /**
   * Runs the work as one transaction, and returns when that is durable. The work may be run again
   * if the transaction has to be: it must have no other effect than on the database.
   */
  <T> T write(Work<T> work);

  /**
   * Runs a transaction that must not be run twice.
   *
   * @param found what came of it, if it took place: asked when the connection was lost in the
   *     commit
   */
  default <T> T write(Work<T> work, Work<Optional<T>> found) {
    return write(work);
  }

  /** How its statements are written. */
  Dialect dialect();

  /** Finishes what is under way, then closes. */
  @Override
  void close();
}
