package dev.ostiary.store.jdbc.table;

import dev.ostiary.authorization.hash.CodeHash;
import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.GrantStore.Redemption;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.protocol.CodeChallenge;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.store.jdbc.sql.Database;
import dev.ostiary.store.jdbc.sql.Statements;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Authorization codes. */
final class CodeTable {
  private static final String ADD_GRANT =
      """
      INSERT INTO grants (id, client, subject, user_name, scopes, resource, upstream_token,
          created_at, expires_at, client_authentication, redeem_by, generation, rotated_at, kept_until)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?)
      """;
  private static final String ADD =
      """
      INSERT INTO codes (hash, grant_id, redirect_uri, code_challenge, expires_at, kept_until)
      VALUES (?, ?, ?, ?, ?, ?)
      """;
  private static final String FIND =
      "SELECT codes.hash, codes.redirect_uri, codes.code_challenge, codes.expires_at, "
          + GrantColumns.ALL
          + " FROM codes JOIN grants ON grants.id = codes.grant_id WHERE codes.hash = ?";
  private static final String REDEEM =
      """
      UPDATE grants
      SET redeemed_at = ?, generation = 1, rotated_at = ?,
          kept_until = greatest(?, least(expires_at, ?))
      WHERE id = (SELECT grant_id FROM codes WHERE hash = ? AND expires_at > {now})
        AND redeemed_at IS NULL AND ended_at IS NULL AND expires_at > {now}
      RETURNING
      """
          + GrantColumns.ALL;

  /** The same, with the first refresh token and all that follows, as one statement. */
  private static final String REDEEM_AND_ISSUE =
      "WITH used AS ("
          + REDEEM
          + """
          , grants.rests_until),
          issued AS (
            INSERT INTO refresh_tokens (hash, grant_id, generation, expires_at)
            SELECT ?, id, 1, ? FROM used),
          kept AS (
            UPDATE codes SET kept_until = ? WHERE hash = ? AND EXISTS (SELECT 1 FROM used)),
          needed AS (
            UPDATE upstream_tokens
            SET needed_until = greatest(needed_until, used.rests_until)
            FROM used WHERE upstream_tokens.id = used.upstream_token)
          SELECT
          """
          + GrantColumns.ALL
          + "FROM used AS grants";

  private static final String ISSUED =
      "SELECT "
          + GrantColumns.ALL
          + """
          FROM refresh_tokens JOIN grants ON grants.id = refresh_tokens.grant_id
          WHERE refresh_tokens.hash = ?
          """;
  private static final String KEEP = "UPDATE codes SET kept_until = ? WHERE hash = ?";
  private static final String FIND_USED =
      "SELECT "
          + GrantColumns.ALL
          + """
          FROM codes JOIN grants ON grants.id = codes.grant_id
          WHERE codes.hash = ? AND grants.redeemed_at IS NOT NULL AND grants.ended_at IS NULL
          """;

  private final Database database;

  CodeTable(Database database) {
    this.database = database;
  }

  void add(AuthorizationCode code) {
    database.write(
        statements -> {
          addGrant(statements, code.grant(), code.expiresAt());
          UpstreamTokenNeed.extend(statements, code.grant().id());
          return statements.change(
              ADD,
              code.hash().hash(),
              code.grant().id().value(),
              code.redirectUri().value(),
              code.codeChallenge().value(),
              code.expiresAt(),
              code.expiresAt());
        });
  }

  Optional<AuthorizationCode> find(CodeHash code) {
    return database.read(statements -> statements.one(FIND, CodeTable::code, code.hash()));
  }

  Redemption redeem(CodeHash code, RefreshHash first, Duration idle, Instant now) {
    return database.write(
        statements -> {
          Optional<Grant> won =
              statements.dialect().changesInWith()
                  ? useAndIssue(statements, code, first, idle, now)
                  : use(statements, code, first, idle, now);
          return won.isPresent()
              ? new Redemption.Won(won.get())
              : statements
                  .one(FIND_USED, GrantColumns::read, code.hash())
                  .<Redemption>map(Redemption.Replayed::new)
                  .orElseGet(Redemption.Unknown::new);
        },
        statements ->
            statements.one(ISSUED, GrantColumns::read, first.hash()).map(Redemption.Won::new));
  }

  /** Uses up the code, puts its grant in force and issues, if all of it can be. */
  private static Optional<Grant> use(
      Statements statements, CodeHash code, RefreshHash first, Duration idle, Instant now)
      throws SQLException {
    Instant kept = now.plus(GrantStore.USED_CODE_KEPT);
    Optional<Grant> grant =
        statements.one(
            REDEEM, GrantColumns::read, now, now, kept, usable(idle, now), code.hash(), now, now);
    if (grant.isPresent()) {
      statements.change(KEEP, kept, code.hash());
      UpstreamTokenNeed.extend(statements, grant.get().id());
      RefreshTokenTable.add(statements, first, grant.get().id(), 1, now.plus(idle));
    }
    return grant;
  }

  private static Optional<Grant> useAndIssue(
      Statements statements, CodeHash code, RefreshHash first, Duration idle, Instant now)
      throws SQLException {
    Instant kept = now.plus(GrantStore.USED_CODE_KEPT);
    return statements.one(
        REDEEM_AND_ISSUE,
        GrantColumns::read,
        now,
        now,
        kept,
        usable(idle, now),
        code.hash(),
        now,
        now,
        first.hash(),
        now.plus(idle),
        kept,
        code.hash());
  }

  private static Instant usable(Duration idle, Instant now) {
    return now.plus(idle).plus(GrantStore.KEPT_UNUSABLE);
  }

  private static void addGrant(Statements statements, Grant grant, Instant redeemBy)
      throws SQLException {
    UpstreamTokenId upstreamToken = grant.upstreamToken();
    statements.change(
        ADD_GRANT,
        grant.id().value(),
        grant.client().value(),
        grant.subject().value(),
        grant.userName(),
        grant.scopes().toWire(),
        grant.resource().value(),
        upstreamToken == null ? null : upstreamToken.value(),
        grant.createdAt(),
        grant.expiresAt(),
        grant.clientAuthentication(),
        redeemBy,
        redeemBy);
  }

  private static AuthorizationCode code(Columns columns) throws SQLException {
    CodeHash hash = new CodeHash(columns.hash());
    RedirectUri redirectUri = new RedirectUri(columns.text());
    CodeChallenge codeChallenge = new CodeChallenge(columns.text());
    Instant expiresAt = columns.instant();
    return new AuthorizationCode(
        hash, GrantColumns.read(columns), redirectUri, codeChallenge, expiresAt);
  }
}
