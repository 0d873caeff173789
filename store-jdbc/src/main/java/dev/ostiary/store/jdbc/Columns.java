package dev.ostiary.store.jdbc;

import dev.ostiary.authorization.hash.Sha256;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.protocol.Scopes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The columns of a row, read one after the other in the order in which they were selected. */
final class Columns {
  private final ResultSet results;
  private int column;

  Columns(ResultSet results) {
    this.results = results;
  }

  boolean next() throws SQLException {
    column = 0;
    return results.next();
  }

  String text() throws SQLException {
    return results.getString(++column);
  }

  @Nullable String textOrNull() throws SQLException {
    return results.getString(++column);
  }

  long number() throws SQLException {
    return results.getLong(++column);
  }

  Instant instant() throws SQLException {
    return Instant.ofEpochMilli(number());
  }

  @Nullable Instant instantOrNull() throws SQLException {
    Instant time = instant();
    return results.wasNull() ? null : time;
  }

  Sha256 hash() throws SQLException {
    return Sha256.ofBytes(results.getBytes(++column));
  }

  @Nullable Sha256 hashOrNull() throws SQLException {
    byte[] bytes = results.getBytes(++column);
    return bytes == null ? null : Sha256.ofBytes(bytes);
  }

  Sealed sealed() throws SQLException {
    return Sealed.of(results.getBytes(++column));
  }

  @Nullable Sealed sealedOrNull() throws SQLException {
    byte[] bytes = results.getBytes(++column);
    return bytes == null ? null : Sealed.of(bytes);
  }

  Scopes scopes() throws SQLException {
    String wire = text();
    return wire.isEmpty() ? Scopes.none() : Scopes.of(wire.split(" "));
  }
}
