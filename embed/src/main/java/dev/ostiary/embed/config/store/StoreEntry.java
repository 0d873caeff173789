package dev.ostiary.embed.config.store;

import dev.ostiary.protocol.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Where everything is kept.
 *
 * @param postgresql a database server that several nodes may share; null for a file in the data
 *     directory
 */
public record StoreEntry(@Nullable Postgresql postgresql) {
  /** A SQLite file in the data directory. */
  public static final StoreEntry FILE = new StoreEntry(null);

  /**
   * A database on a server that speaks as PostgreSQL does.
   *
   * @param url of the driver
   * @param user null if the URL names one
   * @param password null if there is none
   * @param pool how many connections this node holds at most
   * @param pooler whether a pooler stands in between that lends connections for one transaction
   */
  public record Postgresql(
      String url, @Nullable String user, @Nullable Secret password, int pool, boolean pooler) {}
}
