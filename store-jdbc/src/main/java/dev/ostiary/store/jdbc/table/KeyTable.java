package dev.ostiary.store.jdbc.table;

import dev.ostiary.authorization.store.KeyStore;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.StoredKey;
import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.store.jdbc.sql.Database;
import dev.ostiary.store.jdbc.sql.Statements;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Signing keys. */
public final class KeyTable implements KeyStore {
  private static final String COLUMNS =
      "key_id, algorithm, public_jwk, private_jwk, created_at, signs_from, remove_at";
  private static final String ALL =
      "SELECT " + COLUMNS + " FROM signing_keys ORDER BY created_at, key_id";
  private static final String ADD =
      "INSERT INTO signing_keys (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?)";
  private static final String REPLACE =
      """
      UPDATE signing_keys
      SET algorithm = ?, public_jwk = ?, private_jwk = ?, created_at = ?, signs_from = ?,
          remove_at = ?
      WHERE key_id = ?
      """;
  private static final String RETIRE =
      "UPDATE signing_keys SET remove_at = ? WHERE remove_at IS NULL";
  private static final String RESEAL =
      "UPDATE signing_keys SET private_jwk = ? WHERE key_id = ? AND private_jwk = ?";
  private static final String REMOVE = "DELETE FROM signing_keys WHERE key_id = ?";

  private final Database database;

  public KeyTable(Database database) {
    this.database = database;
  }

  @Override
  public List<StoredKey> all() {
    return database.read(KeyTable::all);
  }

  @Override
  public List<StoredKey> begin(StoredKey first) {
    return database.write(
        statements -> {
          ExclusiveLock.take(statements);
          if (all(statements).isEmpty()) {
            add(statements, first);
          }
          return all(statements);
        });
  }

  @Override
  public void add(StoredKey key) {
    database.write(statements -> add(statements, key));
  }

  @Override
  public void replace(StoredKey key) {
    database.write(
        statements ->
            statements.change(
                REPLACE,
                key.algorithm(),
                key.publicJwk(),
                key.privateJwk(),
                key.createdAt(),
                key.signsFrom(),
                key.removeAt(),
                key.keyId()));
  }

  @Override
  public void rotate(StoredKey next, Instant removeOthersAt) {
    database.write(
        statements -> {
          ExclusiveLock.take(statements);
          return statements.change(RETIRE, removeOthersAt) + add(statements, next);
        });
  }

  @Override
  public boolean reseal(String keyId, Sealed old, Sealed fresh) {
    return database.write(statements -> statements.change(RESEAL, fresh, keyId, old) == 1);
  }

  @Override
  public void remove(String keyId) {
    database.write(statements -> statements.change(REMOVE, keyId));
  }

  private static List<StoredKey> all(Statements statements) throws SQLException {
    return statements.all(ALL, KeyTable::key);
  }

  private static int add(Statements statements, StoredKey key) throws SQLException {
    return statements.change(
        ADD,
        key.keyId(),
        key.algorithm(),
        key.publicJwk(),
        key.privateJwk(),
        key.createdAt(),
        key.signsFrom(),
        key.removeAt());
  }

  private static StoredKey key(Columns columns) throws SQLException {
    return new StoredKey(
        columns.text(),
        columns.text(),
        columns.text(),
        columns.sealed(),
        columns.instant(),
        columns.instant(),
        columns.instantOrNull());
  }
}
