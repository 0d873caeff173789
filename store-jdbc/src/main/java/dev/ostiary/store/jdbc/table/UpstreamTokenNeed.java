package dev.ostiary.store.jdbc.table;

import dev.ostiary.authorization.store.UpstreamTokenStore;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.store.jdbc.sql.Statements;
import java.sql.SQLException;

/**
 * Until when upstream tokens are needed, written whenever a grant changes it, so that unused ones
 * are found by an index instead of by looking at the grants on each.
 */
final class UpstreamTokenNeed {
  private static final String EXTEND =
      """
      UPDATE upstream_tokens SET needed_until = greatest(needed_until, grants.rests_until)
      FROM grants
      WHERE grants.id = ? AND upstream_tokens.id = grants.upstream_token
      """;
  private static final String LESSEN =
      """
      UPDATE upstream_tokens
      SET needed_until = greatest(kept_at + ?, coalesce((
        SELECT max(rests_until) FROM grants
        WHERE upstream_token = upstream_tokens.id AND ended_at IS NULL), 0))
      WHERE id = (SELECT upstream_token FROM grants WHERE id = ?)
      """;

  /** So that what {@link #LESSEN} reads includes every grant that was added or redeemed. */
  private static final String LOCK =
      """
      SELECT id FROM upstream_tokens
      WHERE id = (SELECT upstream_token FROM grants WHERE id = ?) FOR UPDATE
      """;

  private UpstreamTokenNeed() {}

  /** A grant was added or redeemed, in this transaction. */
  static void extend(Statements statements, GrantId grant) throws SQLException {
    statements.change(EXTEND, grant.value());
  }

  /** A grant was ended, in this transaction. */
  static void lessen(Statements statements, GrantId grant) throws SQLException {
    statements.one(LOCK, Columns::text, grant.value());
    statements.change(LESSEN, UpstreamTokenStore.SETTLING.toMillis(), grant.value());
  }
}
