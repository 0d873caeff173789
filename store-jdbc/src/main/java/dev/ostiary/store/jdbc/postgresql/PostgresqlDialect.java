package dev.ostiary.store.jdbc.postgresql;

import dev.ostiary.store.jdbc.sql.Dialect;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * PostgreSQL, and what speaks as it does.
 *
 * @param now what stands for the time of the caller, with one parameter
 */
record PostgresqlDialect(String now) implements Dialect {
  /**
   * Whether something has expired is decided by the clock of the database, which is the same for
   * all nodes.
   */
  static final PostgresqlDialect TIME_OF_DATABASE =
      new PostgresqlDialect(
          "(CASE WHEN ?::BIGINT IS NULL THEN NULL"
              + " ELSE (extract(epoch FROM statement_timestamp()) * 1000)::BIGINT END)");

  /** For tests that say how late it is. */
  static final PostgresqlDialect TIME_OF_CALLER = new PostgresqlDialect("?");

  private static final Pattern NAMED_INDEX = Pattern.compile(" INDEXED BY \\w+");

  @Override
  public String translate(String sql) {
    return NAMED_INDEX.matcher(sql.replace("{now}", now)).replaceAll("");
  }

  @Override
  public Map<String, String> types() {
    return Map.of("{bytes}", "BYTEA", "{time}", "TIMESTAMPTZ");
  }

  @Override
  public boolean changesInWith() {
    return true;
  }
}
