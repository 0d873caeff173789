package dev.ostiary.store.jdbc;

import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.SecretHash;
import dev.ostiary.authorization.store.Sha256;
import dev.ostiary.protocol.ClientId;
import java.sql.SQLException;
import java.util.Optional;

/** Registered clients. */
final class ClientTable implements ClientStore {
  private static final String ADD =
      "INSERT INTO clients (id, secret, metadata, registered_at) VALUES (?, ?, ?, ?)";
  private static final String FIND =
      "SELECT id, secret, metadata, registered_at FROM clients WHERE id = ?";

  private final Database database;
  private final ClientMetadataColumn metadata = new ClientMetadataColumn();

  ClientTable(Database database) {
    this.database = database;
  }

  @Override
  public void add(RegisteredClient client) {
    SecretHash secret = client.secret();
    database.write(
        statements ->
            statements.change(
                ADD,
                client.id().value(),
                secret == null ? null : secret.hash(),
                metadata.write(client.metadata()),
                client.registeredAt()));
  }

  @Override
  public Optional<RegisteredClient> find(ClientId id) {
    return database.read(statements -> statements.one(FIND, this::client, id.value()));
  }

  private RegisteredClient client(Columns columns) throws SQLException {
    String id = columns.text();
    Sha256 secret = columns.hashOrNull();
    return new RegisteredClient(
        new ClientId(id),
        secret == null ? null : new SecretHash(secret),
        metadata.read(columns.text()),
        columns.instant());
  }
}
