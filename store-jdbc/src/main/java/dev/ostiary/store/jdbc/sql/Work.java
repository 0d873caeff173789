package dev.ostiary.store.jdbc.sql;

import java.sql.SQLException;

/** Statements that belong together. */
@FunctionalInterface
public interface Work<T> {
  T run(Statements statements) throws SQLException;
}
