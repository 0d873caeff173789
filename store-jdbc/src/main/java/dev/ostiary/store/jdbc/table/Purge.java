package dev.ostiary.store.jdbc.table;

import dev.ostiary.store.jdbc.sql.Database;
import dev.ostiary.store.jdbc.sql.Statements;
import dev.ostiary.store.jdbc.sql.Work;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Forgets what can have no effect any more: so few rows to a transaction that no other one waits
 * long behind it. Each row lies on another page, so it is their number that takes the time.
 */
public final class Purge {
  /**
   * It stands in the statements as a number: a planner that does not know it reads whole tables.
   */
  private static final int STEP = 100;

  private static final Duration PAUSE = Duration.ofMillis(5);

  private static final List<String> EXPIRED =
      List.of(
          """
          DELETE FROM used_assertions WHERE hash IN (
            SELECT hash FROM used_assertions WHERE kept_until <= ? ORDER BY kept_until LIMIT 100)
          """,
          """
          DELETE FROM sign_ins WHERE state IN (
            SELECT state FROM sign_ins WHERE expires_at <= ? ORDER BY expires_at LIMIT 100)
          """,
          """
          DELETE FROM sessions WHERE hash IN (
            SELECT hash FROM sessions WHERE expires_at <= ? ORDER BY expires_at LIMIT 100)
          """,
          """
          DELETE FROM approvals WHERE (subject, client, redirect_uri, resource) IN (
            SELECT subject, client, redirect_uri, resource FROM approvals
            WHERE expires_at <= ? ORDER BY expires_at LIMIT 100)
          """,
          """
          DELETE FROM codes WHERE hash IN (
            SELECT hash FROM codes WHERE kept_until <= ? ORDER BY kept_until LIMIT 100)
          """,
          """
          DELETE FROM backend_eras WHERE (backend, era) IN (
            SELECT backend, era FROM backend_eras WHERE kept_until <= ? ORDER BY kept_until LIMIT 100)
          """,
          """
          DELETE FROM revocations WHERE epoch IN (
            SELECT epoch FROM revocations WHERE kept_until <= ? ORDER BY kept_until LIMIT 100)
          """);

  /** Looks at the oldest grants only, so that a step costs the same however many there are. */
  private static final String REFRESH_TOKENS_OF_OLDEST =
      """
      DELETE FROM refresh_tokens WHERE hash IN (
        SELECT refresh_tokens.hash
        FROM (SELECT id FROM grants WHERE kept_until <= ? ORDER BY kept_until, id LIMIT 100) AS oldest
          CROSS JOIN refresh_tokens
        WHERE refresh_tokens.grant_id = oldest.id
        LIMIT 100)
      """;

  private static final String OLDEST_WITHOUT_REFRESH_TOKENS =
      """
      DELETE FROM grants WHERE id IN (
        SELECT id
        FROM (SELECT id FROM grants WHERE kept_until <= ? ORDER BY kept_until, id LIMIT 100) AS oldest
        WHERE NOT EXISTS (SELECT 1 FROM refresh_tokens WHERE grant_id = oldest.id))
      """;

  private final Database database;

  public Purge(Database database) {
    this.database = database;
  }

  public void run(Instant now) {
    EXPIRED.forEach(sql -> inSteps(statements -> statements.change(sql, now)));
    inSteps(statements -> oldestGrants(statements, now));
  }

  /** A step that forgets fewer rows than it may was the last. */
  private void inSteps(Work<Integer> step) {
    int forgotten;
    do {
      forgotten = database.write(step);
    } while (forgotten >= STEP && pauses());
  }

  /** Whether the pause, in which others write, was not cut short. */
  private static boolean pauses() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A grant goes after its last refresh token: one that has many takes several steps. */
  private static int oldestGrants(Statements statements, Instant now) throws SQLException {
    return statements.change(REFRESH_TOKENS_OF_OLDEST, now)
        + statements.change(OLDEST_WITHOUT_REFRESH_TOKENS, now);
  }
}
