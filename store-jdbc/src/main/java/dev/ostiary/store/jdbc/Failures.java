package dev.ostiary.store.jdbc;

import dev.ostiary.authorization.store.StoreUnavailable;
import java.sql.SQLException;

/** What a failure means to the caller. */
final class Failures {
  /** SQLite's SQLITE_CONSTRAINT. */
  private static final int CONSTRAINT = 19;

  /** The class of SQLSTATEs for the same, as PostgreSQL gives it. */
  private static final String INTEGRITY = "23";

  private Failures() {}

  static RuntimeException of(Throwable failure) {
    if (failure instanceof SQLException sql) {
      return isConstraint(sql)
          ? new IllegalStateException("there is one already", sql)
          : new StoreUnavailable("the database failed: " + sql.getMessage(), sql);
    }
    return new IllegalStateException("an operation on the store failed", failure);
  }

  private static boolean isConstraint(SQLException failure) {
    String state = failure.getSQLState();
    return failure.getErrorCode() == CONSTRAINT || (state != null && state.startsWith(INTEGRITY));
  }
}
