package dev.ostiary.store.jdbc.sql;

import dev.ostiary.authorization.store.StoreUnavailable;
import java.sql.SQLException;

/** What a failure means to the caller. */
public final class Failures {
  /** Why a database is of no use until it is replaced. */
  public static final String DAMAGED = "the database is damaged: restore it from a backup";

  // SQLite's primary result codes.
  private static final int CONSTRAINT = 19;

  /** The class of SQLSTATEs for the same, as PostgreSQL gives it. */
  private static final String INTEGRITY = "23";

  private static final int READ_ONLY = 8;
  private static final int IO = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int NOT_A_DATABASE = 26;

  private Failures() {}

  public static RuntimeException of(Throwable failure) {
    if (failure instanceof SQLException sql) {
      return isConstraint(sql)
          ? new IllegalStateException("there is one already", sql)
          : unavailable(sql);
    }
    return new IllegalStateException("an operation on the store failed", failure);
  }

  private static StoreUnavailable unavailable(SQLException failure) {
    String reason =
        switch (failure.getErrorCode()) {
          case READ_ONLY -> "the database cannot be written to";
          case IO -> "the disk cannot be read or written";
          case CORRUPT, NOT_A_DATABASE -> DAMAGED;
          case FULL -> "the disk is full";
          default -> "the database failed";
        };
    return new StoreUnavailable(reason, reason + ": " + failure.getMessage(), failure);
  }

  private static boolean isConstraint(SQLException failure) {
    String state = failure.getSQLState();
    return failure.getErrorCode() == CONSTRAINT || (state != null && state.startsWith(INTEGRITY));
  }
}
