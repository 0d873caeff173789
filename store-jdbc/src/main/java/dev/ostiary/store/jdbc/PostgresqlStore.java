package dev.ostiary.store.jdbc;

import dev.ostiary.authorization.store.Store.Sharing;
import dev.ostiary.store.jdbc.postgresql.PostgresqlDatabase;
import dev.ostiary.store.jdbc.postgresql.PostgresqlSettings;
import dev.ostiary.store.jdbc.table.Probe;
import java.time.Instant;
import java.util.Optional;

/** The store on a PostgreSQL server, for any number of nodes. */
public final class PostgresqlStore extends JdbcStore {
  private final PostgresqlDatabase database;

  private PostgresqlStore(PostgresqlDatabase database) {
    super(database);
    this.database = database;
  }

  /**
   * Connects, and brings the tables up to date.
   *
   * @throws dev.ostiary.authorization.store.StoreUnavailable saying what is in the way: a server
   *     that cannot be reached or refuses the user, or the tables of a newer version
   */
  public static PostgresqlStore open(PostgresqlSettings settings) {
    return new PostgresqlStore(PostgresqlDatabase.open(settings));
  }

  /** One for tests: what has expired is decided by the time that callers give. */
  static PostgresqlStore openWithTimeOfCaller(PostgresqlSettings settings) {
    return new PostgresqlStore(PostgresqlDatabase.openWithTimeOfCaller(settings));
  }

  @Override
  public Optional<Sharing> sharing() {
    return Optional.of(
        new Sharing() {
          @Override
          public Instant time() {
            return database.time();
          }

          @Override
          public AutoCloseable onRevocation(Runnable news) {
            return database.listen(news);
          }
        });
  }

  @Override
  public void ping() {
    database.write(Probe::run);
  }

  @Override
  public void close() {
    database.close();
  }
}
