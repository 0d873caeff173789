package dev.ostiary.store.jdbc.table;

import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.store.jdbc.sql.Database;
import java.time.Instant;
import java.util.Optional;

/** How late it was last. */
public final class ClockTable {
  private static final String FIND = "SELECT seen_at FROM clock";
  private static final String MOVE = "UPDATE clock SET seen_at = ?";
  private static final String START =
      "INSERT INTO clock (seen_at) VALUES (?) ON CONFLICT DO NOTHING";

  private final Database database;

  public ClockTable(Database database) {
    this.database = database;
  }

  public Optional<Instant> lastSeen() {
    return database.read(statements -> statements.one(FIND, Columns::instant));
  }

  public void seen(Instant now) {
    database.write(
        statements -> statements.change(MOVE, now) == 1 ? 1 : statements.change(START, now));
  }
}
