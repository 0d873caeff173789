package dev.ostiary.store.jdbc.postgresql;

import org.jspecify.annotations.Nullable;

/**
 * Where the database is.
 *
 * @param url of the driver, {@code jdbc:postgresql://…}, with its own settings for TLS and several
 *     hosts
 * @param user null if the URL names one
 * @param password null if there is none, or if the URL names it
 * @param pool how many connections one node holds at most
 * @param pooler whether a pooler stands in between that lends a connection of the server for one
 *     transaction: then nothing is left on a connection, no named statement and no LISTEN
 */
public record PostgresqlSettings(
    String url, @Nullable String user, @Nullable String password, int pool, boolean pooler) {
  /** How many connections a node holds unless the configuration says otherwise. */
  public static final int USUAL_POOL = 10;

  @Override
  public String toString() {
    return "PostgresqlSettings[user=%s, pool=%d, pooler=%s]".formatted(user, pool, pooler);
  }
}
