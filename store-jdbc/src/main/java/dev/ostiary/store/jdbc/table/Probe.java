package dev.ostiary.store.jdbc.table;

import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.store.jdbc.sql.Statements;
import java.sql.SQLException;
import java.util.UUID;

/**
 * What a refresh does to the database: it finds a grant, and adds a token at a random place of the
 * largest table, of which nothing is left.
 */
public final class Probe {
  private static final String FIND = "SELECT generation FROM grants WHERE id = ?";
  private static final String ADD =
      "INSERT INTO refresh_tokens (hash, grant_id, generation, expires_at) VALUES (?, ?, 0, 0)";
  private static final String REMOVE = "DELETE FROM refresh_tokens WHERE hash = ?";

  private Probe() {}

  public static int run(Statements statements) throws SQLException {
    String id = UUID.randomUUID().toString();
    RefreshHash hash = RefreshHash.of(id);
    statements.one(FIND, Columns::number, id);
    statements.change(ADD, hash.hash(), id);
    return statements.change(REMOVE, hash.hash());
  }
}
