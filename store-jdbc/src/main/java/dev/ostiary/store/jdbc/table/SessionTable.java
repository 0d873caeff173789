package dev.ostiary.store.jdbc.table;

import dev.ostiary.authorization.hash.SessionHash;
import dev.ostiary.authorization.store.BrowserSession;
import dev.ostiary.authorization.store.SessionStore;
import dev.ostiary.protocol.Subject;
import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.store.jdbc.sql.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Browser sessions. */
public final class SessionTable implements SessionStore {
  private static final String ADD =
      "INSERT INTO sessions (hash, subject, user_name, expires_at) VALUES (?, ?, ?, ?)";
  private static final String FIND =
      """
      SELECT hash, subject, user_name, expires_at FROM sessions WHERE hash = ? AND expires_at > ?
      """;
  private static final String END = "DELETE FROM sessions WHERE hash = ?";

  private final Database database;

  public SessionTable(Database database) {
    this.database = database;
  }

  @Override
  public void add(BrowserSession session) {
    database.write(
        statements ->
            statements.change(
                ADD,
                session.hash().hash(),
                session.subject().value(),
                session.userName(),
                session.expiresAt()));
  }

  @Override
  public Optional<BrowserSession> find(SessionHash hash, Instant now) {
    return database.read(
        statements -> statements.one(FIND, SessionTable::session, hash.hash(), now));
  }

  @Override
  public void end(SessionHash hash) {
    database.write(statements -> statements.change(END, hash.hash()));
  }

  private static BrowserSession session(Columns columns) throws SQLException {
    return new BrowserSession(
        new SessionHash(columns.hash()),
        new Subject(columns.text()),
        columns.text(),
        columns.instant());
  }
}
