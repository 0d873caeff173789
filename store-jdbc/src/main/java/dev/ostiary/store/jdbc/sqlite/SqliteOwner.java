package dev.ostiary.store.jdbc.sqlite;

import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.store.jdbc.sql.Statements;
import java.nio.file.Path;
import java.sql.SQLException;

/** Whether a file is a SQLite database, and Ostiary's. */
final class SqliteOwner {
  /** What the first migration writes into the file's header. */
  private static final long OSTIARY = 1330861145;

  private static final int CORRUPT = 11;
  private static final int NOT_A_DATABASE = 26;

  private SqliteOwner() {}

  static void check(Statements statements, Path file) throws SQLException {
    long owner = statements.one("PRAGMA application_id", Columns::number).orElseThrow();
    boolean isNew =
        owner == 0
            && statements.one("SELECT count(*) FROM sqlite_schema", Columns::number).orElseThrow()
                == 0;
    if (owner != OSTIARY && !isNew) {
      throw new StoreUnavailable(
          file + " is another program's database: give Ostiary a directory of its own");
    }
  }

  /** Whether it is Ostiary's, and has tables. */
  static boolean isOurs(Statements statements) throws SQLException {
    return statements.one("PRAGMA application_id", Columns::number).orElseThrow() == OSTIARY;
  }

  /** Whether a failure means that the file is damaged, or is no database at all. */
  static boolean isDamage(SQLException failure) {
    return failure.getErrorCode() == CORRUPT || failure.getErrorCode() == NOT_A_DATABASE;
  }

  /** Says what is wrong with a file that cannot be opened. */
  static StoreUnavailable refusal(Path file, SQLException failure) {
    String message =
        switch (failure.getErrorCode()) {
          case NOT_A_DATABASE -> " is not a database: move it away, or restore it from a backup";
          case CORRUPT -> " is damaged: restore it from a backup";
          default -> " cannot be opened: " + failure.getMessage();
        };
    return new StoreUnavailable(file + message, failure);
  }
}
