package dev.ostiary.store.jdbc;

import dev.ostiary.authorization.store.RevocationFeed;
import dev.ostiary.protocol.GrantId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * The grants that have ended. The epoch is a row that every transaction which ends a grant changes,
 * so that epochs become visible in their order, on a database with many writers too.
 */
final class RevocationTable implements RevocationFeed {
  private static final String EPOCH = "SELECT epoch FROM revocation_epoch";
  private static final String ADVANCE =
      "UPDATE revocation_epoch SET epoch = epoch + 1 RETURNING epoch";
  private static final String ADD =
      "INSERT INTO revocations (epoch, grant_id, ended_at) VALUES (?, ?, ?)";
  private static final String SINCE =
      "SELECT epoch, grant_id FROM revocations WHERE epoch > ? ORDER BY epoch";

  private final Database database;

  RevocationTable(Database database) {
    this.database = database;
  }

  @Override
  public long epoch() {
    return database.read(statements -> statements.one(EPOCH, Columns::number).orElseThrow());
  }

  @Override
  public List<Ended> since(long epoch) {
    return database.read(
        statements ->
            statements.all(SINCE, row -> new Ended(row.number(), new GrantId(row.text())), epoch));
  }

  /** Says that a grant has ended, in the transaction that ends it. */
  static void add(Statements statements, GrantId grant, Instant now) throws SQLException {
    long epoch = statements.one(ADVANCE, Columns::number).orElseThrow();
    statements.change(ADD, epoch, grant.value(), now);
  }
}
