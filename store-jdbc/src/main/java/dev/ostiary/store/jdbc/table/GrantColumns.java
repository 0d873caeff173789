package dev.ostiary.store.jdbc.table;

import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import dev.ostiary.store.jdbc.sql.Columns;
import java.sql.SQLException;
import java.time.Instant;

/** The columns that make a grant, for queries that name the table {@code grants}. */
final class GrantColumns {
  static final String ALL =
      """
      grants.id, grants.client, grants.subject, grants.user_name, grants.scopes, grants.resource,
      grants.upstream_token, grants.created_at, grants.expires_at, grants.client_authentication
      """;

  private GrantColumns() {}

  static Grant read(Columns columns) throws SQLException {
    GrantId id = new GrantId(columns.text());
    ClientId client = new ClientId(columns.text());
    Subject subject = new Subject(columns.text());
    String userName = columns.text();
    Scopes scopes = columns.scopes();
    Resource resource = new Resource(columns.text());
    String upstreamToken = columns.textOrNull();
    Instant createdAt = columns.instant();
    return new Grant(
        id,
        client,
        subject,
        userName,
        scopes,
        resource,
        upstreamToken == null ? null : new UpstreamTokenId(upstreamToken),
        createdAt,
        columns.instant(),
        columns.text());
  }
}
