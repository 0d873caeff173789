package dev.ostiary.store.jdbc.sql;

import dev.ostiary.authorization.store.StoreUnavailable;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a failure means to the caller. */
public final class Failures {
  /** Why a database is of no use until it is replaced. */
  public static final String DAMAGED = "the database is damaged: restore it from a backup";

  /** The SQLSTATE of a transaction that another one stood in the way of: it may be run again. */
  public static final String CONFLICT = "40001";

  private static final String DEADLOCK = "40P01";

  // SQLite's primary result codes.
  private static final int CONSTRAINT = 19;
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

  /** Whether the transaction was undone because of another one, and may be run again. */
  public static boolean isConflict(SQLException failure) {
    String state = failure.getSQLState();
    return CONFLICT.equals(state) || DEADLOCK.equals(state);
  }

  /** Whether there is no connection any more: what was under way may have taken place or not. */
  public static boolean isConnectionLost(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && (state.startsWith("08") || state.startsWith("57P"));
  }

  private static StoreUnavailable unavailable(SQLException failure) {
    String reason =
        ofServer(failure.getSQLState())
            .orElseGet(
                () ->
                    switch (failure.getErrorCode()) {
                      case READ_ONLY -> "the database cannot be written to";
                      case IO -> "the disk cannot be read or written";
                      case CORRUPT, NOT_A_DATABASE -> DAMAGED;
                      case FULL -> "the disk is full";
                      default -> "the database failed";
                    });
    return new StoreUnavailable(reason, reason + ": " + failure.getMessage(), failure);
  }

  /** By the SQLSTATE of a database server; SQLite's driver sets none. */
  private static Optional<String> ofServer(@Nullable String state) {
    if (state == null) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        switch (state) {
          case CONFLICT, DEADLOCK -> "transactions on the database stand in each other's way";
          case "25006" -> "the database cannot be written to: it is a standby";
          case "28000", "28P01" -> "the database refuses the user or the password";
          case "3F000" -> "the database has no schema that the user may use";
          case "3D000" -> "the database server has no database of that name";
          case "42501" -> "the database user lacks a right";
          case "53100" -> "the disk of the database is full";
          case "53300" -> "the database server has no connection left";
          case "57P01", "57P02" -> "the database server is shutting down";
          case "57P03" -> "the database server is starting";
          default -> state.startsWith("08") ? "the database cannot be reached" : null;
        });
  }

  private static boolean isConstraint(SQLException failure) {
    String state = failure.getSQLState();
    return failure.getErrorCode() == CONSTRAINT || (state != null && state.startsWith("23"));
  }
}
