package dev.ostiary.store.jdbc.table;

import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.store.jdbc.sql.Statements;
import java.sql.SQLException;

/**
 * Lets one transaction at a time decide what depends on rows that are not there yet. It locks the
 * row of the latest epoch, which every database has once.
 */
final class ExclusiveLock {
  private static final String LOCK = "SELECT epoch FROM revocation_epoch FOR UPDATE";

  private ExclusiveLock() {}

  /** Waits for the others, and keeps them waiting until the transaction ends. */
  static void take(Statements statements) throws SQLException {
    statements.one(LOCK, Columns::number);
  }
}
