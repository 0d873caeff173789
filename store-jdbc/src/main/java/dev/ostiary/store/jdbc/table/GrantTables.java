package dev.ostiary.store.jdbc.table;

import dev.ostiary.authorization.hash.CodeHash;
import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantFilter;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.ListedGrant;
import dev.ostiary.authorization.store.RefreshToken;
import dev.ostiary.authorization.store.RotationPolicy;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Subject;
import dev.ostiary.store.jdbc.sql.Database;
import dev.ostiary.store.jdbc.sql.Statements;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Grants with their codes and refresh tokens. */
public final class GrantTables implements GrantStore {
  private static final String FIND =
      "SELECT "
          + GrantColumns.ALL
          + """
          FROM grants
          WHERE id = ? AND redeemed_at IS NOT NULL AND ended_at IS NULL AND expires_at > ?
          """;
  private static final String FIND_FOR =
      FIND + " AND NOT EXISTS (SELECT 1 FROM revocations WHERE jti = ?)";

  /**
   * The index is named, since the planner takes the one by client otherwise: it expects few rows of
   * an equality and a range, and a client that identifies itself by a document can have a million
   * grants.
   */
  private static final String IN_FORCE =
      "SELECT "
          + GrantColumns.ALL
          + """
          FROM grants INDEXED BY grants_in_force
          WHERE subject = ? AND client = ? AND resource = ?
            AND redeemed_at IS NOT NULL AND ended_at IS NULL AND expires_at > ?
          ORDER BY created_at DESC LIMIT ?
          """;

  private static final String END =
      """
      UPDATE grants
      SET ended_at = ?, end_reason = ?,
          kept_until = CASE WHEN redeemed_at IS NULL THEN redeem_by ELSE redeemed_at + ? END
      WHERE id = ? AND ended_at IS NULL
      """;

  private final Database database;
  private final CodeTable codes;
  private final RefreshTokenTable refreshTokens;

  public GrantTables(Database database) {
    this.database = database;
    this.codes = new CodeTable(database);
    this.refreshTokens = new RefreshTokenTable(database);
  }

  @Override
  public void add(AuthorizationCode code) {
    codes.add(code);
  }

  @Override
  public Optional<AuthorizationCode> find(CodeHash code) {
    return codes.find(code);
  }

  @Override
  public Redemption redeem(CodeHash code, RefreshHash first, Duration idle, Instant now) {
    return codes.redeem(code, first, idle, now);
  }

  @Override
  public Optional<RefreshToken> find(RefreshHash token, Instant now) {
    return refreshTokens.find(token, now);
  }

  @Override
  public Rotation rotate(
      RefreshHash presented, RefreshHash successor, RotationPolicy policy, Instant now) {
    return refreshTokens.rotate(presented, successor, policy, now);
  }

  @Override
  public Optional<Grant> find(GrantId id, Instant now) {
    return database.read(statements -> statements.one(FIND, GrantColumns::read, id.value(), now));
  }

  @Override
  public Optional<Grant> findFor(GrantId id, String jti, Instant now) {
    return database.read(
        statements -> statements.one(FIND_FOR, GrantColumns::read, id.value(), now, jti));
  }

  @Override
  public List<ListedGrant> list(GrantFilter filter, @Nullable Grant after, int most, Instant now) {
    return database.read(statements -> GrantList.page(statements, filter, after, most, now));
  }

  @Override
  public List<Grant> inForce(Subject subject, ClientId client, Resource resource, Instant now) {
    return database.read(
        statements ->
            statements.all(
                IN_FORCE,
                GrantColumns::read,
                subject.value(),
                client.value(),
                resource.value(),
                now,
                MOST_LISTED));
  }

  @Override
  public List<GrantId> endAll(List<GrantId> grants, EndReason reason, Instant now) {
    return database.write(
        statements -> {
          List<GrantId> ended = new ArrayList<>();
          for (GrantId grant : inOneOrder(grants)) {
            if (end(statements, grant, reason, now)) {
              ended.add(grant);
            }
          }
          return ended;
        });
  }

  /** Transactions that lock the same rows in the same order do not wait for each other. */
  private static List<GrantId> inOneOrder(List<GrantId> grants) {
    return grants.stream().sorted(Comparator.comparing(GrantId::value)).toList();
  }

  private static boolean end(Statements statements, GrantId grant, EndReason reason, Instant now)
      throws SQLException {
    if (statements.change(END, now, reason.name(), USED_CODE_KEPT.toMillis(), grant.value()) == 0) {
      return false;
    }
    RevocationTable.ended(statements, grant, now);
    UpstreamTokenNeed.lessen(statements, grant);
    return true;
  }
}
