package dev.ostiary.store.jdbc.sql;

import dev.ostiary.authorization.hash.Sha256;
import dev.ostiary.authorization.store.StoreUnavailable;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings the tables up to date: applies the migrations that a database lacks, in order, and records
 * them. Refuses a database that has others than these.
 */
public final class Migrator {
  private static final String CREATE =
      """
      CREATE TABLE IF NOT EXISTS migrations (
        version INTEGER NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        checksum {bytes} NOT NULL,
        applied_at {time} NOT NULL DEFAULT CURRENT_TIMESTAMP)
      """;
  private static final String APPLIED = "SELECT version, checksum FROM migrations";
  private static final String RECORD =
      "INSERT INTO migrations (version, name, checksum) VALUES (?, ?, ?)";

  private record Applied(int version, Sha256 checksum) {
    static Applied read(Columns columns) throws SQLException {
      return new Applied((int) columns.number(), columns.hash());
    }
  }

  private final List<Migration> migrations;

  public Migrator(List<Migration> migrations) {
    this.migrations = List.copyOf(migrations);
  }

  /**
   * Does it, in the transaction that is open.
   *
   * @param database how people know it
   */
  public void bringUpToDate(Statements statements, String database) throws SQLException {
    statements.change(create(statements.dialect()));
    Map<Integer, Sha256> applied = applied(statements);
    refuseNewer(applied, database);
    for (Migration migration : migrations) {
      Sha256 checksum = applied.get(migration.version());
      if (checksum == null) {
        apply(statements, migration);
      } else if (!checksum.equals(migration.checksum())) {
        throw new StoreUnavailable(
            "%s was set up by another migration %s than this version has: use the version of Ostiary that wrote it"
                .formatted(database, migration.title()));
      }
    }
  }

  private static String create(Dialect dialect) {
    String sql = CREATE;
    for (Map.Entry<String, String> type : dialect.types().entrySet()) {
      sql = sql.replace(type.getKey(), type.getValue());
    }
    return sql;
  }

  private void refuseNewer(Map<Integer, Sha256> applied, String database) {
    int known = migrations.getLast().version();
    applied.keySet().stream()
        .filter(version -> version > known)
        .max(Integer::compare)
        .ifPresent(
            newest -> {
              throw new StoreUnavailable(
                  "%s was written by a newer Ostiary (its tables are of version %d, this one knows %d): use that version, or restore a backup from before the update"
                      .formatted(database, newest, known));
            });
  }

  private static Map<Integer, Sha256> applied(Statements statements) throws SQLException {
    Map<Integer, Sha256> applied = new HashMap<>();
    for (Applied one : statements.all(APPLIED, Applied::read)) {
      applied.put(one.version(), one.checksum());
    }
    return applied;
  }

  private static void apply(Statements statements, Migration migration) throws SQLException {
    for (String statement : migration.statements()) {
      statements.change(statement);
    }
    statements.change(RECORD, migration.version(), migration.name(), migration.checksum());
  }
}
