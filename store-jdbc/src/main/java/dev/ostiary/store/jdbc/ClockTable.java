package dev.ostiary.store.jdbc;

import java.time.Instant;
import java.util.Optional;

/** How late it was last. */
final class ClockTable {
  private static final String FIND = "SELECT seen_at FROM clock";
  private static final String MOVE = "UPDATE clock SET seen_at = ?";
  private static final String START = "INSERT INTO clock (seen_at) VALUES (?)";

  private final Database database;

  ClockTable(Database database) {
    this.database = database;
  }

  Optional<Instant> lastSeen() {
    return database.read(statements -> statements.one(FIND, Columns::instant));
  }

  void seen(Instant now) {
    database.write(
        statements -> statements.change(MOVE, now) == 1 ? 1 : statements.change(START, now));
  }
}
