package dev.ostiary.store.jdbc.table;

import dev.ostiary.authorization.hash.RegistrationTokenHash;
import dev.ostiary.authorization.hash.SecretHash;
import dev.ostiary.authorization.hash.Sha256;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.authorization.store.ListedClient;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.registration.ClientMetadata;
import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.store.jdbc.sql.Database;
import dev.ostiary.store.jdbc.sql.Statements;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Registered clients. */
public final class ClientTable implements ClientStore {
  private record Judged(int kept, int forgotten) {}

  private static final String ADD =
      """
      INSERT INTO clients (id, kind, secret, registration_token, metadata, registered_at, used_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String FIND =
      """
      SELECT id, kind, secret, registration_token, metadata, registered_at
      FROM clients WHERE id = ?
      """;
  private static final String FIND_FOR_UPDATE = FIND + " FOR UPDATE";
  private static final String LIST =
      """
      SELECT id, kind, secret, registration_token, metadata, registered_at, used_at
      FROM clients WHERE id > ? ORDER BY id LIMIT ?
      """;
  private static final String REPLACE = "UPDATE clients SET secret = ?, metadata = ? WHERE id = ?";
  private static final String ADD_IF_MISSING = ADD + " ON CONFLICT (id) DO NOTHING";
  private static final String KEEP_ANYWAY =
      ADD
          + """
          ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, secret = excluded.secret,
            registration_token = excluded.registration_token, metadata = excluded.metadata,
            registered_at = excluded.registered_at, used_at = excluded.used_at
          """;
  private static final String REMOVE = "DELETE FROM clients WHERE id = ?";
  private static final String USE_IS_NEWS = "SELECT 1 FROM clients WHERE id = ? AND used_at <= ?";
  private static final String USED = "UPDATE clients SET used_at = ? WHERE id = ? AND used_at <= ?";
  private static final String UNUSED =
      """
      id IN (
        SELECT id FROM clients WHERE kind <> 'CONFIGURED' AND used_at <= ?
        ORDER BY used_at LIMIT 100)
      """;
  private static final String GRANT =
      """
      EXISTS (
        SELECT 1 FROM grants
        WHERE grants.client = clients.id AND ended_at IS NULL AND rests_until > ?)
      """;
  private static final String KEEP =
      "UPDATE clients SET used_at = ? WHERE " + UNUSED + " AND " + GRANT;

  /** The use is compared again, since another node may have noted one meanwhile. */
  private static final String FORGET =
      "DELETE FROM clients WHERE used_at <= ? AND " + UNUSED + " AND NOT " + GRANT;

  private final Database database;
  private final ClientMetadataColumn metadata = new ClientMetadataColumn();

  public ClientTable(Database database) {
    this.database = database;
  }

  @Override
  public void add(RegisteredClient client) {
    database.write(statements -> put(statements, ADD, client));
  }

  @Override
  public Optional<RegisteredClient> keep(RegisteredClient client) {
    return database.write(
        statements -> {
          if (put(statements, ADD_IF_MISSING, client) == 1) {
            return Optional.empty();
          }
          Optional<RegisteredClient> before =
              statements.one(FIND_FOR_UPDATE, this::client, client.id().value());
          put(statements, KEEP_ANYWAY, client);
          return before;
        });
  }

  private int put(Statements statements, String sql, RegisteredClient client) throws SQLException {
    RegistrationTokenHash token = client.registrationToken();
    return statements.change(
        sql,
        client.id().value(),
        client.kind().name(),
        hash(client.secret()),
        token == null ? null : token.hash(),
        metadata.write(client.metadata()),
        client.registeredAt(),
        client.registeredAt());
  }

  @Override
  public Optional<RegisteredClient> find(ClientId id) {
    return database.read(statements -> statements.one(FIND, this::client, id.value()));
  }

  @Override
  public List<ListedClient> list(@Nullable ClientId after, int most) {
    return database.read(
        statements ->
            statements.all(
                LIST,
                columns -> new ListedClient(client(columns), columns.instant()),
                after == null ? "" : after.value(),
                most));
  }

  @Override
  public boolean replace(RegisteredClient client) {
    return database.write(
        statements ->
            statements.change(
                    REPLACE,
                    hash(client.secret()),
                    metadata.write(client.metadata()),
                    client.id().value())
                == 1);
  }

  @Override
  public boolean remove(ClientId id) {
    return database.write(statements -> statements.change(REMOVE, id.value()) == 1);
  }

  /** Reads first: a look costs microseconds, and a write the wait for a commit. */
  @Override
  public void used(ClientId id, Instant now) {
    Instant noted = now.minus(USE_NOTED);
    boolean news =
        database
            .read(statements -> statements.one(USE_IS_NEWS, Columns::number, id.value(), noted))
            .isPresent();
    if (news) {
      database.write(statements -> statements.change(USED, now, id.value(), noted));
    }
  }

  @Override
  public int forgetUnused(Instant since, Instant now) {
    int forgotten = 0;
    Judged step;
    do {
      step = database.write(statements -> judge(statements, since, now));
      forgotten += step.forgotten();
    } while (step.kept() + step.forgotten() > 0);
    return forgotten;
  }

  /** The next few: short transactions keep other writers waiting only briefly. */
  private static Judged judge(Statements statements, Instant since, Instant now)
      throws SQLException {
    int kept = statements.change(KEEP, now, since, now);
    return new Judged(kept, statements.change(FORGET, since, since, now));
  }

  private static @Nullable Sha256 hash(@Nullable SecretHash secret) {
    return secret == null ? null : secret.hash();
  }

  private RegisteredClient client(Columns columns) throws SQLException {
    ClientId id = new ClientId(columns.text());
    ClientKind kind = ClientKind.valueOf(columns.text());
    Sha256 secret = columns.hashOrNull();
    Sha256 token = columns.hashOrNull();
    ClientMetadata known = metadata.read(columns.text());
    return new RegisteredClient(
        id,
        kind,
        secret == null ? null : new SecretHash(secret),
        token == null ? null : new RegistrationTokenHash(token),
        known,
        columns.instant());
  }
}
