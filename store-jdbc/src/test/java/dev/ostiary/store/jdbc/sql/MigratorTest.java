package dev.ostiary.store.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.store.jdbc.sqlite.SqliteConnections;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables' history. */
final class MigratorTest {
  private static final Migration FIRST =
      new Migration(1, "first", "CREATE TABLE a (x TEXT);\nINSERT INTO a VALUES ('one; two');\n");
  private static final Migration SECOND =
      new Migration(2, "second", "ALTER TABLE a ADD COLUMN y TEXT;\n");
  private static final Migration WRONG =
      new Migration(3, "wrong", "CREATE TABLE b (x TEXT);\nCREATE TABLE a (x TEXT);\n");

  @TempDir private Path directory;

  @Test
  void appliesWhatIsMissingInOrderAndOnce() throws Exception {
    try (Statements statements = connect()) {
      migrate(statements, FIRST);
      migrate(statements, FIRST, SECOND);
      migrate(statements, FIRST, SECOND);

      assertThat(statements.all("SELECT x FROM a WHERE y IS NULL", Columns::text))
          .containsExactly("one; two");
      assertThat(statements.all("SELECT name FROM migrations ORDER BY version", Columns::text))
          .containsExactly("first", "second");
    }
  }

  @Test
  void changesNothingWhenOneFails() throws Exception {
    try (Statements statements = connect()) {
      assertThatThrownBy(() -> migrate(statements, FIRST, SECOND, WRONG))
          .isInstanceOf(SQLException.class);

      assertThat(statements.all("SELECT name FROM sqlite_schema", Columns::text)).isEmpty();
      migrate(statements, FIRST);
    }
  }

  @Test
  void splitsTheReleasedMigrationsIntoStatements() {
    assertThat(Migration.ofSqlite().getFirst().statements())
        .hasSizeGreaterThan(10)
        .allSatisfy(sql -> assertThat(sql).doesNotContain(";"));
  }

  private Statements connect() throws SQLException {
    return new SqliteConnections(directory.resolve("test.db")).writer();
  }

  private static void migrate(Statements statements, Migration... migrations) throws SQLException {
    statements.change("BEGIN");
    try {
      new Migrator(List.of(migrations)).bringUpToDate(statements, "the database");
      statements.change("COMMIT");
    } catch (SQLException failure) {
      statements.change("ROLLBACK");
      throw failure;
    }
  }
}
