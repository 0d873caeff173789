package dev.ostiary.store.jdbc.table;

import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.GrantStore.Rotation;
import dev.ostiary.authorization.store.RefreshToken;
import dev.ostiary.authorization.store.RotationPolicy;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.store.jdbc.sql.Database;
import dev.ostiary.store.jdbc.sql.Statements;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Refresh tokens, of every generation as long as their grant lives. Which is the newest, and since
 * when, stands in the grant.
 */
final class RefreshTokenTable {
  private static final String ADD =
      "INSERT INTO refresh_tokens (hash, grant_id, generation, expires_at) VALUES (?, ?, ?, ?)";
  private static final String FIND =
      "SELECT refresh_tokens.generation, refresh_tokens.expires_at, grants.generation,"
          + " grants.rotated_at, "
          + GrantColumns.ALL
          + """
          FROM refresh_tokens JOIN grants ON grants.id = refresh_tokens.grant_id
          WHERE refresh_tokens.hash = ? AND grants.ended_at IS NULL AND grants.expires_at > ?
            AND (refresh_tokens.generation < grants.generation OR refresh_tokens.expires_at > ?)
          """;

  /**
   * Concerns a row only if the presented token is its family's newest and has not expired. How long
   * the grant is kept is moved by a day at least, since it stands in indexes.
   */
  private static final String ADVANCE =
      """
      UPDATE grants
      SET generation = generation + 1, rotated_at = ?,
          kept_until = CASE WHEN kept_until < ? THEN greatest(kept_until, least(expires_at, ?))
            ELSE kept_until END
      WHERE id = (SELECT grant_id FROM refresh_tokens WHERE hash = ? AND expires_at > {now})
        AND generation = (SELECT generation FROM refresh_tokens WHERE hash = ?)
        AND ended_at IS NULL AND expires_at > {now}
      RETURNING grants.generation,
      """
          + GrantColumns.ALL;

  /** The same, with the successor, as one statement. */
  private static final String ADVANCE_AND_ISSUE =
      "WITH advanced AS ("
          + ADVANCE
          + """
          ),
          issued AS (
            INSERT INTO refresh_tokens (hash, grant_id, generation, expires_at)
            SELECT ?, id, generation, ? FROM advanced)
          SELECT grants.generation,
          """
          + GrantColumns.ALL
          + "FROM advanced AS grants";

  /** A token and its place in the family. */
  private record Member(
      int generation, Instant expiresAt, int newest, Instant rotatedAt, Grant grant) {
    static Member read(Columns columns) throws SQLException {
      return new Member(
          (int) columns.number(),
          columns.instant(),
          (int) columns.number(),
          columns.instant(),
          GrantColumns.read(columns));
    }

    boolean mayRepeat(Duration grace, Instant now) {
      return generation == newest - 1 && now.isBefore(rotatedAt.plus(grace));
    }
  }

  private record Advanced(int generation, Grant grant) {
    static Advanced read(Columns columns) throws SQLException {
      return new Advanced((int) columns.number(), GrantColumns.read(columns));
    }
  }

  private final Database database;

  RefreshTokenTable(Database database) {
    this.database = database;
  }

  static void add(
      Statements statements, RefreshHash hash, GrantId grant, int generation, Instant expiresAt)
      throws SQLException {
    statements.change(ADD, hash.hash(), grant.value(), generation, expiresAt);
  }

  Optional<RefreshToken> find(RefreshHash token, Instant now) {
    return database
        .read(statements -> find(statements, token, now))
        .map(
            member ->
                new RefreshToken(
                    token,
                    member.grant(),
                    member.generation(),
                    member.generation() == member.newest(),
                    member.expiresAt()));
  }

  Rotation rotate(
      RefreshHash presented, RefreshHash successor, RotationPolicy policy, Instant now) {
    return database.write(
        statements -> {
          Optional<Advanced> won = advance(statements, presented, successor, policy, now);
          return won.isPresent()
              ? new Rotation.Won(won.get().grant())
              : find(statements, presented, now)
                  .map(member -> used(member, policy.grace(), now))
                  .orElseGet(Rotation.Unknown::new);
        });
  }

  private static Rotation used(Member member, Duration grace, Instant now) {
    if (member.generation() == member.newest()) {
      return new Rotation.Unknown(); // it has expired by the clock of the database
    }
    return member.mayRepeat(grace, now)
        ? new Rotation.Repeated(member.grant())
        : new Rotation.Reused(member.grant());
  }

  private static Optional<Advanced> advance(
      Statements statements,
      RefreshHash presented,
      RefreshHash successor,
      RotationPolicy policy,
      Instant now)
      throws SQLException {
    Instant expiresAt = now.plus(policy.idle());
    if (statements.dialect().changesInWith()) {
      return statements.one(
          ADVANCE_AND_ISSUE,
          Advanced::read,
          now,
          expiresAt.plus(GrantStore.ACCESS_TOKEN_MOST),
          expiresAt.plus(GrantStore.KEPT_UNUSABLE),
          presented.hash(),
          now,
          presented.hash(),
          now,
          successor.hash(),
          expiresAt);
    }
    Optional<Advanced> won =
        statements.one(
            ADVANCE,
            Advanced::read,
            now,
            expiresAt.plus(GrantStore.ACCESS_TOKEN_MOST),
            expiresAt.plus(GrantStore.KEPT_UNUSABLE),
            presented.hash(),
            now,
            presented.hash(),
            now);
    if (won.isPresent()) {
      add(statements, successor, won.get().grant().id(), won.get().generation(), expiresAt);
    }
    return won;
  }

  private static Optional<Member> find(Statements statements, RefreshHash token, Instant now)
      throws SQLException {
    return statements.one(FIND, Member::read, token.hash(), now, now);
  }
}
