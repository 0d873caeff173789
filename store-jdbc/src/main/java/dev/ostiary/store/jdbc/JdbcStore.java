package dev.ostiary.store.jdbc;

import dev.ostiary.authorization.store.ApprovalStore;
import dev.ostiary.authorization.store.AssertionStore;
import dev.ostiary.authorization.store.BackendStore;
import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.authorization.store.DataKeyStore;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.KeyStore;
import dev.ostiary.authorization.store.RevocationFeed;
import dev.ostiary.authorization.store.SessionStore;
import dev.ostiary.authorization.store.SignInStore;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.UpstreamNameStore;
import dev.ostiary.authorization.store.UpstreamTokenStore;
import dev.ostiary.store.jdbc.sql.Database;
import dev.ostiary.store.jdbc.table.ApprovalTable;
import dev.ostiary.store.jdbc.table.AssertionTable;
import dev.ostiary.store.jdbc.table.BackendTable;
import dev.ostiary.store.jdbc.table.ClientTable;
import dev.ostiary.store.jdbc.table.ClockTable;
import dev.ostiary.store.jdbc.table.DataKeyTable;
import dev.ostiary.store.jdbc.table.GrantTables;
import dev.ostiary.store.jdbc.table.KeyTable;
import dev.ostiary.store.jdbc.table.Purge;
import dev.ostiary.store.jdbc.table.RevocationTable;
import dev.ostiary.store.jdbc.table.SessionTable;
import dev.ostiary.store.jdbc.table.SignInTable;
import dev.ostiary.store.jdbc.table.UpstreamNameTable;
import dev.ostiary.store.jdbc.table.UpstreamTokenTable;
import java.time.Instant;
import java.util.Optional;

/** The tables of one database, by noun. */
abstract sealed class JdbcStore implements Store permits SqliteStore, PostgresqlStore {
  private final ClientStore clients;
  private final AssertionStore assertions;
  private final SignInStore signIns;
  private final GrantStore grants;
  private final UpstreamTokenStore upstreamTokens;
  private final UpstreamNameStore upstreamNames;
  private final BackendStore backends;
  private final ApprovalStore approvals;
  private final SessionStore sessions;
  private final KeyStore keys;
  private final DataKeyStore dataKeys;
  private final RevocationFeed revocations;
  private final ClockTable clock;
  private final Purge purge;

  JdbcStore(Database database) {
    this.clients = new ClientTable(database);
    this.assertions = new AssertionTable(database);
    this.signIns = new SignInTable(database);
    this.grants = new GrantTables(database);
    this.upstreamTokens = new UpstreamTokenTable(database);
    this.upstreamNames = new UpstreamNameTable(database);
    this.backends = new BackendTable(database);
    this.approvals = new ApprovalTable(database);
    this.sessions = new SessionTable(database);
    this.keys = new KeyTable(database);
    this.dataKeys = new DataKeyTable(database);
    this.revocations = new RevocationTable(database);
    this.clock = new ClockTable(database);
    this.purge = new Purge(database);
  }

  @Override
  public ClientStore clients() {
    return clients;
  }

  @Override
  public AssertionStore assertions() {
    return assertions;
  }

  @Override
  public SignInStore signIns() {
    return signIns;
  }

  @Override
  public GrantStore grants() {
    return grants;
  }

  @Override
  public UpstreamTokenStore upstreamTokens() {
    return upstreamTokens;
  }

  @Override
  public UpstreamNameStore upstreamNames() {
    return upstreamNames;
  }

  @Override
  public BackendStore backends() {
    return backends;
  }

  @Override
  public ApprovalStore approvals() {
    return approvals;
  }

  @Override
  public SessionStore sessions() {
    return sessions;
  }

  @Override
  public KeyStore keys() {
    return keys;
  }

  @Override
  public DataKeyStore dataKeys() {
    return dataKeys;
  }

  @Override
  public RevocationFeed revocations() {
    return revocations;
  }

  @Override
  public Optional<Instant> lastSeen() {
    return clock.lastSeen();
  }

  @Override
  public void seen(Instant now) {
    clock.seen(now);
  }

  @Override
  public void purge(Instant now) {
    purge.run(now);
  }
}
