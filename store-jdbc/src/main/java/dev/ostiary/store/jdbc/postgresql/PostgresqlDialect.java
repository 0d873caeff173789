package dev.ostiary.store.jdbc.postgresql;

import dev.ostiary.store.jdbc.sql.Dialect;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * PostgreSQL, and what speaks as it does.
 *
 * @param now what stands for the time of the caller, with one parameter
 * @param announces whether nodes tell each other by NOTIFY
 */
record PostgresqlDialect(String now, boolean announces) implements Dialect {
  /** The channel of NOTIFY; schemas of one database share it, which costs a look too many. */
  static final String CHANNEL = "ostiary_revocations";

  /**
   * Whether something has expired is decided by the clock of the database, which is the same for
   * all nodes.
   */
  static final PostgresqlDialect TIME_OF_DATABASE =
      new PostgresqlDialect(
          "(CASE WHEN ?::BIGINT IS NULL THEN NULL"
              + " ELSE (extract(epoch FROM statement_timestamp()) * 1000)::BIGINT END)",
          false);

  /** For tests that say how late it is. */
  static final PostgresqlDialect TIME_OF_CALLER = new PostgresqlDialect("?", false);

  private static final Pattern NAMED_INDEX = Pattern.compile(" INDEXED BY \\w+");

  /** The same, with announcements. */
  PostgresqlDialect announcing() {
    return new PostgresqlDialect(now, true);
  }

  @Override
  public Optional<String> announcement() {
    return announces ? Optional.of("NOTIFY " + CHANNEL) : Optional.empty();
  }

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
