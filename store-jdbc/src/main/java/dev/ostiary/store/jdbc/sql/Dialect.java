package dev.ostiary.store.jdbc.sql;

import java.util.Map;
import java.util.Optional;

/**
 * How one kind of database writes what the statements of the tables have in common. They are
 * written for PostgreSQL, with two additions: {@code INDEXED BY name} behind a table, which SQLite
 * knows, and {@code {now}}, the time of the caller, in statements that decide something once.
 */
public interface Dialect {
  /** SQLite: one transaction writes at a time, so rows need no locks. */
  Dialect SQLITE =
      sql ->
          sql.replace("{now}", "?")
              .replace(" FOR UPDATE", "")
              .replace("greatest(", "max(")
              .replace("least(", "min(");

  /** The statement as this database takes it, with as many parameters. */
  String translate(String sql);

  /** The types of columns in the table of migrations, by placeholder. */
  default Map<String, String> types() {
    return Map.of("{bytes}", "BLOB", "{time}", "TEXT");
  }

  /** What tells the other nodes, when the transaction commits, that something was revoked. */
  default Optional<String> announcement() {
    return Optional.empty();
  }

  /**
   * Whether a query may have changes in its WITH clause, so that a verb is one statement and one
   * round trip.
   */
  default boolean changesInWith() {
    return false;
  }
}
