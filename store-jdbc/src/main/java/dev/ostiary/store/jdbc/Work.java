package dev.ostiary.store.jdbc;

import java.sql.SQLException;

/** Statements that belong together. */
@FunctionalInterface
interface Work<T> {
  T run(Statements statements) throws SQLException;
}
