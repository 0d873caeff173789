package dev.ostiary.store.jdbc.table;

import dev.ostiary.authorization.store.BackendStore;
import dev.ostiary.store.jdbc.sql.Database;
import java.util.List;

/** Which eras of MCP backends speak. */
public final class BackendTable implements BackendStore {
  private static final String LEARN =
      """
      INSERT INTO backend_eras (backend, era, spoken, found_at, kept_until) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (backend, era) DO UPDATE
        SET spoken = excluded.spoken, found_at = excluded.found_at,
          kept_until = excluded.kept_until
      """;
  private static final String FIND =
      "SELECT era, spoken, found_at FROM backend_eras WHERE backend = ? ORDER BY era";

  private final Database database;

  public BackendTable(Database database) {
    this.database = database;
  }

  @Override
  public void learn(String backend, Finding finding) {
    database.write(
        statements ->
            statements.change(
                LEARN,
                backend,
                finding.era().name(),
                finding.spoken() ? 1 : 0,
                finding.at(),
                finding.at().plus(KEPT)));
  }

  @Override
  public List<Finding> find(String backend) {
    return database.read(
        statements ->
            statements.all(
                FIND,
                columns ->
                    new Finding(
                        Era.valueOf(columns.text()), columns.number() == 1, columns.instant()),
                backend));
  }
}
