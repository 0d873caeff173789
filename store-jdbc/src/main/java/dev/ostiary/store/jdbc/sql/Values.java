package dev.ostiary.store.jdbc.sql;

import dev.ostiary.authorization.hash.Sha256;
import dev.ostiary.authorization.store.Sealed;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How our values are written to columns; {@link Columns} is the way back. */
final class Values {
  private Values() {}

  static void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(index, Types.NULL);
      case String text -> statement.setString(index, text);
      case Long number -> statement.setLong(index, number);
      case Integer number -> statement.setInt(index, number);
      case Instant time -> statement.setLong(index, time.toEpochMilli());
      case Sha256 hash -> statement.setBytes(index, hash.bytes());
      case byte[] bytes -> statement.setBytes(index, bytes);
      case Sealed sealed -> statement.setBytes(index, sealed.bytes());
      default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
    }
  }
}
