package dev.ostiary.store.jdbc.table;

import dev.ostiary.authorization.store.Revocation;
import dev.ostiary.authorization.store.RevocationFeed;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.store.jdbc.sql.Database;
import dev.ostiary.store.jdbc.sql.Statements;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was revoked. The epoch is a row that every transaction which revokes something changes, so
 * that epochs become visible in their order, on a database with many writers too.
 */
public final class RevocationTable implements RevocationFeed {
  private static final String EPOCH = "SELECT epoch FROM revocation_epoch";
  private static final String ADVANCE =
      "UPDATE revocation_epoch SET epoch = epoch + 1 RETURNING epoch";
  private static final String ADVANCE_ONCE =
      """
      UPDATE revocation_epoch SET epoch = epoch + 1
      WHERE NOT EXISTS (SELECT 1 FROM revocations WHERE jti = ?)
      RETURNING epoch
      """;
  private static final String ADD_GRANT =
      "INSERT INTO revocations (epoch, grant_id, kept_until) VALUES (?, ?, ?)";
  private static final String ADD_TOKEN =
      "INSERT INTO revocations (epoch, jti, expires_at, kept_until) VALUES (?, ?, ?, ?)";
  private static final String SINCE =
      """
      SELECT epoch, grant_id, jti, expires_at FROM revocations WHERE epoch > ? ORDER BY epoch
      """;

  private final Database database;

  public RevocationTable(Database database) {
    this.database = database;
  }

  @Override
  public long epoch() {
    return database.read(statements -> statements.one(EPOCH, Columns::number).orElseThrow());
  }

  @Override
  public List<Entry> since(long epoch) {
    return database.read(statements -> statements.all(SINCE, RevocationTable::entry, epoch));
  }

  @Override
  public boolean revoke(String jti, Instant expiresAt, Instant now) {
    return database.write(
        statements -> {
          ExclusiveLock.take(statements);
          Optional<Long> epoch = statements.one(ADVANCE_ONCE, Columns::number, jti);
          if (epoch.isPresent()) {
            statements.change(ADD_TOKEN, epoch.get(), jti, expiresAt, expiresAt.plus(KEPT_EXPIRED));
            announce(statements);
          }
          return epoch.isPresent();
        });
  }

  /** Says that a grant has ended, in the transaction that ends it. */
  static void ended(Statements statements, GrantId grant, Instant now) throws SQLException {
    long epoch = statements.one(ADVANCE, Columns::number).orElseThrow();
    statements.change(ADD_GRANT, epoch, grant.value(), now.plus(KEPT));
    announce(statements);
  }

  private static void announce(Statements statements) throws SQLException {
    Optional<String> announcement = statements.dialect().announcement();
    if (announcement.isPresent()) {
      statements.change(announcement.get());
    }
  }

  private static Entry entry(Columns columns) throws SQLException {
    long epoch = columns.number();
    String grant = columns.textOrNull();
    return new Entry(
        epoch,
        grant == null
            ? new Revocation.RevokedToken(columns.text(), columns.instant())
            : new Revocation.EndedGrant(new GrantId(grant)));
  }
}
