package dev.ostiary.store.jdbc.table;

import dev.ostiary.authorization.hash.AssertionHash;
import dev.ostiary.authorization.store.AssertionStore;
import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.store.jdbc.sql.Database;
import java.time.Instant;

/** Used assertions. */
public final class AssertionTable implements AssertionStore {
  /** One that is past its time but not yet deleted counts as forgotten. */
  private static final String USE =
      """
      INSERT INTO used_assertions (hash, kept_until) VALUES (?, ?)
      ON CONFLICT (hash) DO UPDATE SET kept_until = excluded.kept_until
        WHERE used_assertions.kept_until <= {now}
      RETURNING kept_until
      """;

  private final Database database;

  public AssertionTable(Database database) {
    this.database = database;
  }

  @Override
  public boolean use(AssertionHash assertion, Instant keptUntil, Instant now) {
    return database.write(
        statements ->
            statements.one(USE, Columns::number, assertion.hash(), keptUntil, now).isPresent());
  }
}
