package dev.ostiary.store.jdbc.sqlite;

import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.store.jdbc.sql.Statements;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Whether the structure of a database is whole. */
final class Integrity {
  private static final String CHECK = "PRAGMA quick_check(1)";
  private static final String WHOLE = "ok";

  private Integrity() {}

  /** What is wrong with it, if something is. Reads all of it. */
  static Optional<String> finding(Statements statements) throws SQLException {
    try {
      return statements.all(CHECK, Columns::text).stream()
          .filter(line -> !line.equals(WHOLE))
          .findFirst();
    } catch (SQLException failure) {
      if (SqliteOwner.isDamage(failure)) {
        return Optional.of(String.valueOf(failure.getMessage()));
      }
      throw failure;
    }
  }

  /** The same, by a statement that another thread may cancel. */
  static Optional<String> finding(Statement statement) throws SQLException {
    try (ResultSet lines = statement.executeQuery(CHECK)) {
      String first = lines.next() ? lines.getString(1) : WHOLE;
      return Optional.of(first).filter(line -> !line.equals(WHOLE));
    } catch (SQLException failure) {
      if (SqliteOwner.isDamage(failure)) {
        return Optional.of(String.valueOf(failure.getMessage()));
      }
      throw failure;
    }
  }

  /**
   * @param name what the file is called in a refusal
   */
  static void demandOurs(Path file, String name) throws SQLException, BackupProblem {
    try (Statements statements = new SqliteConnections(file).reader()) {
      if (!SqliteOwner.isOurs(statements)) {
        throw new BackupProblem(name + " is not a database of Ostiary");
      }
      Optional<String> finding = finding(statements);
      if (finding.isPresent()) {
        throw new BackupProblem(name + " is damaged: " + finding.get());
      }
    } catch (SQLException failure) {
      if (SqliteOwner.isDamage(failure)) {
        throw new BackupProblem(name + " is not a database, or is damaged", failure);
      }
      throw failure;
    }
  }
}
