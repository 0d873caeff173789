package dev.ostiary.store.jdbc.table;

import dev.ostiary.authorization.hash.DescriptionHash;
import dev.ostiary.authorization.store.Approval;
import dev.ostiary.authorization.store.ApprovalStore;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Subject;
import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.store.jdbc.sql.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Approvals. */
public final class ApprovalTable implements ApprovalStore {
  private static final String COLUMNS =
      """
      subject, client, redirect_uri, resource, scopes, description, approved_at, expires_at
      """;
  private static final String KEEP =
      "INSERT INTO approvals ("
          + COLUMNS
          + """
          ) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (subject, client, redirect_uri, resource) DO UPDATE
          SET scopes = excluded.scopes, description = excluded.description,
              approved_at = excluded.approved_at, expires_at = excluded.expires_at
          """;
  private static final String FIND =
      "SELECT "
          + COLUMNS
          + """
          FROM approvals
          WHERE subject = ? AND client = ? AND redirect_uri = ? AND expires_at > ?
          """;
  private static final String FORGET = "DELETE FROM approvals WHERE subject = ? AND client = ?";

  private final Database database;

  public ApprovalTable(Database database) {
    this.database = database;
  }

  @Override
  public void keep(Approval approval) {
    database.write(
        statements ->
            statements.change(
                KEEP,
                approval.subject().value(),
                approval.client().value(),
                approval.redirectUri().value(),
                approval.resource().value(),
                approval.scopes().toWire(),
                approval.description().hash(),
                approval.approvedAt(),
                approval.expiresAt()));
  }

  @Override
  public List<Approval> find(
      Subject subject, ClientId client, RedirectUri redirectUri, Instant now) {
    return database.read(
        statements ->
            statements.all(
                FIND,
                ApprovalTable::approval,
                subject.value(),
                client.value(),
                redirectUri.value(),
                now));
  }

  @Override
  public void forget(Collection<Approver> approvers) {
    database.write(
        statements -> {
          int forgotten = 0;
          for (Approver approver : approvers) {
            forgotten +=
                statements.change(FORGET, approver.subject().value(), approver.client().value());
          }
          return forgotten;
        });
  }

  private static Approval approval(Columns columns) throws SQLException {
    return new Approval(
        new Subject(columns.text()),
        new ClientId(columns.text()),
        new RedirectUri(columns.text()),
        new Resource(columns.text()),
        columns.scopes(),
        new DescriptionHash(columns.hash()),
        columns.instant(),
        columns.instant());
  }
}
