package dev.ostiary.store.jdbc;

import dev.ostiary.authorization.store.RevocationFeed;
import java.time.Instant;
import java.util.List;

/**
 * Forgets what can have no effect any more: a few hundred rows to a transaction, so that nobody
 * waits long behind it. A grant goes after its last refresh token.
 */
final class Purge {
  private static final int STEP = 500;

  private static final List<String> EXPIRED =
      List.of(
          """
          DELETE FROM sign_ins WHERE state IN (
            SELECT state FROM sign_ins WHERE expires_at <= ? LIMIT ?)
          """,
          """
          DELETE FROM sessions WHERE hash IN (
            SELECT hash FROM sessions WHERE expires_at <= ? LIMIT ?)
          """,
          """
          DELETE FROM codes WHERE hash IN (
            SELECT hash FROM codes WHERE kept_until <= ? LIMIT ?)
          """,
          """
          DELETE FROM refresh_tokens WHERE hash IN (
            SELECT refresh_tokens.hash
            FROM grants JOIN refresh_tokens ON refresh_tokens.grant_id = grants.id
            WHERE grants.kept_until <= ? LIMIT ?)
          """,
          """
          DELETE FROM grants WHERE id IN (
            SELECT id FROM grants WHERE kept_until <= ?
              AND NOT EXISTS (SELECT 1 FROM refresh_tokens WHERE grant_id = grants.id) LIMIT ?)
          """);
  private static final String OLD_REVOCATIONS =
      """
      DELETE FROM revocations WHERE epoch IN (
        SELECT epoch FROM revocations WHERE ended_at <= ? LIMIT ?)
      """;

  private final Database database;

  Purge(Database database) {
    this.database = database;
  }

  void run(Instant now) {
    EXPIRED.forEach(sql -> forget(sql, now));
    forget(OLD_REVOCATIONS, now.minus(RevocationFeed.KEPT));
  }

  private void forget(String sql, Instant until) {
    int forgotten;
    do {
      forgotten = database.write(statements -> statements.change(sql, until, STEP));
    } while (forgotten == STEP);
  }
}
