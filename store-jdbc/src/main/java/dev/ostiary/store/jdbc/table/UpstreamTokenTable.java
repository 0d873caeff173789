package dev.ostiary.store.jdbc.table;

import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.UpstreamToken;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.authorization.store.UpstreamTokenStore;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.store.jdbc.sql.Database;
import dev.ostiary.store.jdbc.sql.Failures;
import dev.ostiary.store.jdbc.sql.Statements;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Upstream tokens, with the leases on them. */
public final class UpstreamTokenTable implements UpstreamTokenStore {
  private static final String COLUMNS =
      "id, upstream, user_id, scopes, tokens, expires_at, version, confirmed_at";
  private static final String ADD =
      "INSERT INTO upstream_tokens ("
          + COLUMNS
          + """
          , kept_at, needed_until) VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?)
          ON CONFLICT (upstream, user_id, scopes) DO NOTHING
          RETURNING
          """
          + COLUMNS;
  private static final String REPLACED =
      """
      SELECT tokens FROM upstream_tokens
      WHERE upstream = ? AND user_id = ? AND scopes = ? FOR UPDATE
      """;
  private static final String RENEW =
      """
      UPDATE upstream_tokens
      SET tokens = ?, expires_at = ?, version = version + 1, kept_at = ?,
          confirmed_at = greatest(confirmed_at, ?), needed_until = greatest(needed_until, ?),
          lease_holder = NULL, leased_until = NULL
      WHERE upstream = ? AND user_id = ? AND scopes = ?
      RETURNING
      """
          + COLUMNS;
  private static final String FIND = "SELECT " + COLUMNS + " FROM upstream_tokens WHERE id = ?";
  private static final String LEASE =
      """
      UPDATE upstream_tokens SET lease_holder = ?, leased_until = ?
      WHERE id = ? AND version = ? AND (leased_until IS NULL OR leased_until <= {now})
      """;
  private static final String REPLACE =
      """
      UPDATE upstream_tokens
      SET tokens = ?, expires_at = ?, version = version + 1, lease_holder = NULL,
          leased_until = NULL
      WHERE id = ? AND version = ?
      """;
  private static final String CONFIRM =
      "UPDATE upstream_tokens SET confirmed_at = ? WHERE id = ? AND confirmed_at < ?";
  private static final String RELEASE =
      """
      UPDATE upstream_tokens SET lease_holder = NULL, leased_until = NULL
      WHERE id = ? AND version = ? AND lease_holder = ?
      """;
  private static final String REMOVE_UNUSED =
      "DELETE FROM upstream_tokens WHERE id = ? AND needed_until <= ? RETURNING " + COLUMNS;
  private static final String UNUSED =
      "SELECT id FROM upstream_tokens WHERE needed_until <= ? ORDER BY needed_until LIMIT ?";

  /** Grants that were refreshed since rest on them for longer than was noted. */
  private static final String PROLONG =
      """
      UPDATE upstream_tokens
      SET needed_until = (
        SELECT max(rests_until) FROM grants
        WHERE upstream_token = upstream_tokens.id AND ended_at IS NULL)
      WHERE id = ? AND needed_until <= ? AND EXISTS (
        SELECT 1 FROM grants
        WHERE upstream_token = upstream_tokens.id AND ended_at IS NULL AND rests_until > ?)
      """;

  private static final String AFTER =
      "SELECT " + COLUMNS + " FROM upstream_tokens WHERE id > ? ORDER BY id LIMIT ?";
  private static final String RESEAL =
      "UPDATE upstream_tokens SET tokens = ? WHERE id = ? AND tokens = ?";
  private static final String GRANTS_ON =
      "SELECT "
          + GrantColumns.ALL
          + """
          FROM grants
          WHERE upstream_token = ? AND redeemed_at IS NOT NULL AND ended_at IS NULL
            AND expires_at > ?
          """;

  private final Database database;

  public UpstreamTokenTable(Database database) {
    this.database = database;
  }

  @Override
  public Kept keep(
      String upstream,
      String user,
      Scopes scopes,
      Sealed tokens,
      @Nullable Instant expiresAt,
      Instant now) {
    String id = UUID.randomUUID().toString();
    String sorted = Scopes.of(scopes.stream().sorted().toList()).toWire();
    Instant needed = now.plus(SETTLING);
    return database.write(
        statements -> {
          Optional<UpstreamToken> added =
              statements.one(
                  ADD,
                  UpstreamTokenTable::token,
                  id,
                  upstream,
                  user,
                  sorted,
                  tokens,
                  expiresAt,
                  now,
                  now,
                  needed);
          if (added.isPresent()) {
            return new Kept(added.get(), null);
          }
          Sealed replaced =
              there(statements.one(REPLACED, Columns::sealed, upstream, user, sorted));
          return new Kept(
              there(
                  statements.one(
                      RENEW,
                      UpstreamTokenTable::token,
                      tokens,
                      expiresAt,
                      now,
                      now,
                      needed,
                      upstream,
                      user,
                      sorted)),
              replaced);
        });
  }

  /** What stood in the way of adding may be gone; the transaction is then run again. */
  private static <T> T there(Optional<T> row) throws SQLException {
    return row.orElseThrow(
        () -> new SQLTransactionRollbackException("removed meanwhile", Failures.CONFLICT));
  }

  @Override
  public Optional<UpstreamToken> find(UpstreamTokenId id) {
    return database.read(statements -> statements.one(FIND, UpstreamTokenTable::token, id.value()));
  }

  @Override
  public Optional<Lease> lease(UpstreamTokenId id, long version, Duration time, Instant now) {
    Lease lease = new Lease(id, version, UUID.randomUUID().toString());
    boolean leased =
        database.write(
            statements ->
                statements.change(LEASE, lease.holder(), now.plus(time), id.value(), version, now)
                    == 1);
    return leased ? Optional.of(lease) : Optional.empty();
  }

  @Override
  public boolean replace(Lease lease, Sealed tokens, @Nullable Instant expiresAt) {
    return database.write(
        statements ->
            statements.change(REPLACE, tokens, expiresAt, lease.token().value(), lease.version())
                == 1);
  }

  @Override
  public void confirm(UpstreamTokenId id, Instant at) {
    database.write(statements -> statements.change(CONFIRM, at, id.value(), at));
  }

  @Override
  public void release(Lease lease) {
    database.write(
        statements ->
            statements.change(RELEASE, lease.token().value(), lease.version(), lease.holder()));
  }

  @Override
  public Optional<UpstreamToken> removeUnused(UpstreamTokenId id, Instant now) {
    return database.write(
        statements -> {
          prolong(statements, id, now);
          return statements.one(REMOVE_UNUSED, UpstreamTokenTable::token, id.value(), now);
        });
  }

  @Override
  public List<UpstreamTokenId> unused(Instant now) {
    List<UpstreamTokenId> due = due(now);
    if (due.isEmpty()) {
      return due;
    }
    database.write(
        statements -> {
          int prolonged = 0;
          for (UpstreamTokenId id : due) {
            prolonged += prolong(statements, id, now);
          }
          return prolonged;
        });
    return due(now);
  }

  private List<UpstreamTokenId> due(Instant now) {
    return database.read(
        statements ->
            statements.all(UNUSED, row -> new UpstreamTokenId(row.text()), now, UNUSED_LISTED));
  }

  private static int prolong(Statements statements, UpstreamTokenId id, Instant now)
      throws SQLException {
    return statements.change(PROLONG, id.value(), now, now);
  }

  @Override
  public List<UpstreamToken> after(@Nullable UpstreamTokenId last) {
    String from = last == null ? "" : last.value();
    return database.read(
        statements -> statements.all(AFTER, UpstreamTokenTable::token, from, PAGE));
  }

  @Override
  public boolean reseal(UpstreamTokenId id, Sealed old, Sealed fresh) {
    return database.write(statements -> statements.change(RESEAL, fresh, id.value(), old) == 1);
  }

  @Override
  public List<Grant> grantsOn(UpstreamTokenId id, Instant now) {
    return database.read(
        statements -> statements.all(GRANTS_ON, GrantColumns::read, id.value(), now));
  }

  private static UpstreamToken token(Columns columns) throws SQLException {
    return new UpstreamToken(
        new UpstreamTokenId(columns.text()),
        columns.text(),
        columns.text(),
        columns.scopes(),
        columns.sealed(),
        columns.instantOrNull(),
        columns.number(),
        columns.instant());
  }
}
