package dev.ostiary.store.jdbc.sqlite;

import dev.ostiary.store.jdbc.sql.Dialect;
import dev.ostiary.store.jdbc.sql.Statements;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteDataSource;

/** How a SQLite file is opened. Nothing is mapped into memory, and the caches are small. */
public final class SqliteConnections {
  private static final List<String> ALL =
      List.of("PRAGMA mmap_size = 0", "PRAGMA temp_store = MEMORY", "PRAGMA trusted_schema = OFF");

  /** A commit returns when its log is on the disk. {@link Checkpoints} copies the log. */
  private static final List<String> WRITER =
      List.of(
          "PRAGMA busy_timeout = 5000",
          "PRAGMA journal_mode = WAL",
          "PRAGMA synchronous = FULL",
          "PRAGMA wal_autocheckpoint = 0",
          "PRAGMA journal_size_limit = 134217728",
          "PRAGMA cache_size = -8192");

  private static final List<String> READER =
      List.of("PRAGMA busy_timeout = 5000", "PRAGMA query_only = ON", "PRAGMA cache_size = -2048");

  /** Waits briefly for readers, since the writer waits meanwhile. */
  private static final List<String> CHECKPOINTS =
      List.of(
          "PRAGMA busy_timeout = 50",
          "PRAGMA synchronous = FULL",
          "PRAGMA wal_autocheckpoint = 0",
          "PRAGMA journal_size_limit = 134217728");

  /** Reads, and writes other files. */
  private static final List<String> COPIES =
      List.of("PRAGMA busy_timeout = 5000", "PRAGMA wal_autocheckpoint = 0");

  private final SQLiteDataSource source = new SQLiteDataSource();

  public SqliteConnections(Path file) {
    NativeLibrary.loadBeside(file);
    source.setUrl("jdbc:sqlite:" + file);
  }

  public Statements writer() throws SQLException {
    return open(WRITER);
  }

  Statements checkpoints() throws SQLException {
    return open(CHECKPOINTS);
  }

  Statements copies() throws SQLException {
    return open(COPIES);
  }

  Statements reader() throws SQLException {
    return open(READER);
  }

  /** A connection that reads and belongs to one statement. */
  Connection check() throws SQLException {
    return connection(READER);
  }

  private Statements open(List<String> settings) throws SQLException {
    return new Statements(connection(settings), Dialect.SQLITE);
  }

  private Connection connection(List<String> settings) throws SQLException {
    Connection connection = source.getConnection();
    try (Statement statement = connection.createStatement()) {
      for (String setting : ALL) {
        statement.execute(setting);
      }
      for (String setting : settings) {
        statement.execute(setting);
      }
      return connection;
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
  }
}
