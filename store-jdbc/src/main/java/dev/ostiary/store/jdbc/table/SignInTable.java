package dev.ostiary.store.jdbc.table;

import dev.ostiary.authorization.hash.BindingHash;
import dev.ostiary.authorization.hash.DescriptionHash;
import dev.ostiary.authorization.hash.StateHash;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.SignIn;
import dev.ostiary.authorization.store.SignInStore;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.CodeChallenge;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.store.jdbc.sql.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Sign-ins that are under way at an upstream. */
public final class SignInTable implements SignInStore {
  private static final String COLUMNS =
      """
      state, binding, client, redirect_uri, scopes, resource, code_challenge, client_state,
      upstream, description, approved_before, expires_at
      """;
  private static final String ADD =
      "INSERT INTO sign_ins (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String TAKE =
      "DELETE FROM sign_ins WHERE state = ? AND binding = ? AND expires_at > {now} RETURNING "
          + COLUMNS;

  private final Database database;

  public SignInTable(Database database) {
    this.database = database;
  }

  @Override
  public void add(SignIn signIn) {
    Subject approvedBefore = signIn.approvedBefore();
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
                signIn.description().hash(),
                approvedBefore == null ? null : approvedBefore.value(),
                signIn.expiresAt()));
  }

  @Override
  public Optional<SignIn> take(StateHash state, BindingHash binding, Instant now) {
    return database.write(
        statements -> statements.one(TAKE, SignInTable::signIn, state.hash(), binding.hash(), now));
  }

  private static SignIn signIn(Columns columns) throws SQLException {
    StateHash state = new StateHash(columns.hash());
    BindingHash binding = new BindingHash(columns.hash());
    ClientId client = new ClientId(columns.text());
    RedirectUri redirectUri = new RedirectUri(columns.text());
    Scopes scopes = columns.scopes();
    Resource resource = new Resource(columns.text());
    CodeChallenge codeChallenge = new CodeChallenge(columns.text());
    Sealed clientState = columns.sealedOrNull();
    String upstream = columns.text();
    DescriptionHash description = new DescriptionHash(columns.hash());
    String approvedBefore = columns.textOrNull();
    return new SignIn(
        state,
        binding,
        client,
        redirectUri,
        scopes,
        resource,
        codeChallenge,
        clientState,
        upstream,
        description,
        approvedBefore == null ? null : new Subject(approvedBefore),
        columns.instant());
  }
}
