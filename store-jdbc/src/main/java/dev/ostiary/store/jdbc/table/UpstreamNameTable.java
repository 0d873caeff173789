package dev.ostiary.store.jdbc.table;

import dev.ostiary.authorization.store.UpstreamNameStore;
import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.store.jdbc.sql.Database;
import java.time.Instant;
import java.util.Optional;

/** What names at upstreams mean. */
public final class UpstreamNameTable implements UpstreamNameStore {
  private static final String KEEP =
      """
      INSERT INTO upstream_names (upstream, kind, name, id, kept_at) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;
  private static final String FIND =
      "SELECT id FROM upstream_names WHERE upstream = ? AND kind = ? AND name = ?";

  private final Database database;

  public UpstreamNameTable(Database database) {
    this.database = database;
  }

  @Override
  public String keep(Name name, String id, Instant now) {
    String kind = name.kind().name();
    return database.write(
        statements -> {
          statements.change(KEEP, name.upstream(), kind, name.name(), id, now);
          return statements
              .one(FIND, Columns::text, name.upstream(), kind, name.name())
              .orElseThrow();
        });
  }

  @Override
  public Optional<String> find(Name name) {
    return database.read(
        statements ->
            statements.one(FIND, Columns::text, name.upstream(), name.kind().name(), name.name()));
  }
}
