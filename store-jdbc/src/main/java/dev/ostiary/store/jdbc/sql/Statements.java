package dev.ostiary.store.jdbc.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection and its prepared statements, each kept for life. For one thread at a time. */
public final class Statements implements AutoCloseable {
  /** Makes a value of a row. */
  @FunctionalInterface
  public interface Row<T> {
    T read(Columns columns) throws SQLException;
  }

  private static final int FETCHED = 1000;

  private final Connection connection;
  private final Dialect dialect;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  public Statements(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  public Dialect dialect() {
    return dialect;
  }

  /** Every row of a query, or of what a change returns. */
  public <T> List<T> all(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepare(sql, values);
    try (ResultSet results = statement.executeQuery()) {
      Columns columns = new Columns(results);
      List<T> rows = new ArrayList<>();
      while (columns.next()) {
        rows.add(row.read(columns));
      }
      return rows;
    } catch (SQLException failure) {
      throw dropped(sql, failure);
    }
  }

  /** Takes a row. */
  @FunctionalInterface
  public interface RowSink {
    void take(Columns columns) throws SQLException;
  }

  /** Every row of a query, one after the other, so that they need not fit into memory. */
  public void each(String sql, RowSink sink) throws SQLException {
    PreparedStatement statement = prepare(sql, new Object[0]);
    statement.setFetchSize(FETCHED);
    try (ResultSet results = statement.executeQuery()) {
      Columns columns = new Columns(results);
      while (columns.next()) {
        sink.take(columns);
      }
    } catch (SQLException failure) {
      throw dropped(sql, failure);
    }
  }

  /** Makes the same change with each of these values. */
  public void changeAll(String sql, List<@Nullable Object[]> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    PreparedStatement statement = prepare(sql, new Object[0]);
    try {
      for (@Nullable Object[] row : rows) {
        for (int i = 0; i < row.length; i++) {
          Values.bind(statement, i + 1, row[i]);
        }
        statement.addBatch();
      }
      statement.executeBatch();
    } catch (SQLException failure) {
      throw dropped(sql, failure);
    }
  }

  /** The row of a query that has one at most. */
  public <T> Optional<T> one(String sql, Row<T> row, @Nullable Object... values)
      throws SQLException {
    return all(sql, row, values).stream().findFirst();
  }

  /** How many rows a change concerned. */
  public int change(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepare(sql, values);
    try {
      return statement.executeUpdate();
    } catch (SQLException failure) {
      throw dropped(sql, failure);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private PreparedStatement prepare(String sql, @Nullable Object[] values) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(dialect.translate(sql));
      prepared.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      Values.bind(statement, i + 1, values[i]);
    }
    return statement;
  }

  /** A driver may leave a statement that failed unusable, so it is prepared again. */
  private SQLException dropped(String sql, SQLException failure) {
    PreparedStatement statement = prepared.remove(sql);
    if (statement != null) {
      try {
        statement.close();
      } catch (SQLException alsoFailed) {
        failure.addSuppressed(alsoFailed);
      }
    }
    return failure;
  }
}
