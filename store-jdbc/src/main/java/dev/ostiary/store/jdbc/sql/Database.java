package dev.ostiary.store.jdbc.sql;

/** A database and its transactions. Safe for use by many threads at once. */
public interface Database extends AutoCloseable {
  /** Reads with one statement; sees everything that has been acknowledged. */
  <T> T read(Work<T> work);

  /**
   * Runs the work as one transaction, and returns when that is durable. The work may be run again
   * if the transaction has to be: it must have no other effect than on the database.
   */
  <T> T write(Work<T> work);

  /** Finishes what is under way, then closes. */
  @Override
  void close();
}
