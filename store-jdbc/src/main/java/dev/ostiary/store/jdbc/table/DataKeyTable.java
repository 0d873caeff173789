package dev.ostiary.store.jdbc.table;

import dev.ostiary.authorization.store.DataKey;
import dev.ostiary.authorization.store.DataKeyStore;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.store.jdbc.sql.Database;
import dev.ostiary.store.jdbc.sql.Statements;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Data keys, and the master key that a key management service has sealed. */
public final class DataKeyTable implements DataKeyStore {
  private static final String ALL =
      "SELECT id, sealed, created_at FROM data_keys ORDER BY created_at, id";
  private static final String ADD =
      "INSERT INTO data_keys (id, sealed, created_at) VALUES (?, ?, ?)";
  private static final String REMOVE = "DELETE FROM data_keys WHERE id = ?";
  private static final String MASTER_KEY = "SELECT sealed FROM sealed_master_key";
  private static final String BEGIN_MASTER_KEY =
      "INSERT INTO sealed_master_key (id, sealed) VALUES (1, ?) ON CONFLICT (id) DO NOTHING";

  private final Database database;

  public DataKeyTable(Database database) {
    this.database = database;
  }

  @Override
  public List<DataKey> all() {
    return database.read(DataKeyTable::all);
  }

  @Override
  public List<DataKey> begin(DataKey first) {
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
  public void add(DataKey key) {
    database.write(statements -> add(statements, key));
  }

  @Override
  public void remove(String id) {
    database.write(statements -> statements.change(REMOVE, id));
  }

  @Override
  public Optional<Sealed> masterKey() {
    return database.read(statements -> statements.one(MASTER_KEY, Columns::sealed));
  }

  @Override
  public Sealed beginMasterKey(Sealed first) {
    return database.write(
        statements -> {
          statements.change(BEGIN_MASTER_KEY, first);
          return statements.one(MASTER_KEY, Columns::sealed).orElseThrow();
        });
  }

  private static List<DataKey> all(Statements statements) throws SQLException {
    return statements.all(
        ALL, columns -> new DataKey(columns.text(), columns.sealed(), columns.instant()));
  }

  private static int add(Statements statements, DataKey key) throws SQLException {
    return statements.change(ADD, key.id(), key.key(), key.createdAt());
  }
}
