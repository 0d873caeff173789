package dev.ostiary.store.jdbc.sql;

import dev.ostiary.authorization.hash.Sha256;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.protocol.Scopes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The columns of a row, read one after the other in the order in which they were selected. */
public final class Columns {
  private final ResultSet results;
  private int column;

  Columns(ResultSet results) {
    this.results = results;
  }

  boolean next() throws SQLException {
    column = 0;
    return results.next();
  }

  public String text() throws SQLException {
    return results.getString(++column);
  }

  public @Nullable String textOrNull() throws SQLException {
    return results.getString(++column);
  }

  public long number() throws SQLException {
    return results.getLong(++column);
  }

  /** The next columns as they are; whole numbers are long. */
  public @Nullable Object[] values(int count) throws SQLException {
    @Nullable Object[] values = new @Nullable Object[count];
    for (int i = 0; i < count; i++) {
      Object value = results.getObject(++column);
      values[i] = value instanceof Integer number ? Long.valueOf(number) : value;
    }
    return values;
  }

  public Instant instant() throws SQLException {
    return Instant.ofEpochMilli(number());
  }

  public @Nullable Instant instantOrNull() throws SQLException {
    Instant time = instant();
    return results.wasNull() ? null : time;
  }

  public Sha256 hash() throws SQLException {
    return Sha256.ofBytes(results.getBytes(++column));
  }

  public @Nullable Sha256 hashOrNull() throws SQLException {
    byte[] bytes = results.getBytes(++column);
    return bytes == null ? null : Sha256.ofBytes(bytes);
  }

  public Sealed sealed() throws SQLException {
    return Sealed.of(results.getBytes(++column));
  }

  public @Nullable Sealed sealedOrNull() throws SQLException {
    byte[] bytes = results.getBytes(++column);
    return bytes == null ? null : Sealed.of(bytes);
  }

  public Scopes scopes() throws SQLException {
    String wire = text();
    return wire.isEmpty() ? Scopes.none() : Scopes.of(wire.split(" "));
  }
}
