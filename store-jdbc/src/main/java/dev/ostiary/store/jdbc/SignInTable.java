package dev.ostiary.store.jdbc;

import dev.ostiary.authorization.store.BindingHash;
import dev.ostiary.authorization.store.SignIn;
import dev.ostiary.authorization.store.SignInStore;
import dev.ostiary.authorization.store.StateHash;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.CodeChallenge;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Resource;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Sign-ins that are under way at an upstream. */
final class SignInTable implements SignInStore {
  private static final String COLUMNS =
      """
      state, binding, client, redirect_uri, scopes, resource, code_challenge, client_state,
      upstream, expires_at
      """;
  private static final String ADD =
      "INSERT INTO sign_ins (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String TAKE =
      "DELETE FROM sign_ins WHERE state = ? AND binding = ? AND expires_at > ? RETURNING "
          + COLUMNS;

  private final Database database;

  SignInTable(Database database) {
    this.database = database;
  }

  @Override
  public void add(SignIn signIn) {
    database.write(
        statements ->
            statements.change(
                ADD,
                signIn.state().hash(),
                signIn.binding().hash(),
                signIn.client().value(),
                signIn.redirectUri().value(),
                signIn.scopes().toWire(),
                signIn.resource().value(),
                signIn.codeChallenge().value(),
                signIn.clientState(),
                signIn.upstream(),
                signIn.expiresAt()));
  }

  @Override
  public Optional<SignIn> take(StateHash state, BindingHash binding, Instant now) {
    return database.write(
        statements -> statements.one(TAKE, SignInTable::signIn, state.hash(), binding.hash(), now));
  }

  private static SignIn signIn(Columns columns) throws SQLException {
    return new SignIn(
        new StateHash(columns.hash()),
        new BindingHash(columns.hash()),
        new ClientId(columns.text()),
        new RedirectUri(columns.text()),
        columns.scopes(),
        new Resource(columns.text()),
        new CodeChallenge(columns.text()),
        columns.sealedOrNull(),
        columns.text(),
        columns.instant());
  }
}
