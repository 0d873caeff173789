package dev.ostiary.store.jdbc.copy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.store.jdbc.postgresql.PostgresqlDatabase;
import dev.ostiary.store.jdbc.postgresql.PostgresqlSettings;
import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.store.jdbc.sql.Statements;
import dev.ostiary.store.jdbc.sqlite.SqliteDatabase;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Copies every record of a SQLite file to an empty PostgreSQL database, in one transaction of
 * PostgreSQL, and compares both before it commits: how many rows there are, and the SHA-256 of
 * them.
 */
public final class StoreCopy {
  private static final int BATCH = 500;

  private static final String TABLES =
      """
      SELECT name FROM sqlite_schema
      WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'migrations' ORDER BY name
      """;

  /** Without those that the database computes. */
  private static final String COLUMNS =
      "SELECT name, pk FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY cid";

  /** A table, its columns, and those of its key. */
  private record Table(String name, List<String> columns, List<String> key) {
    String select() {
      String order = key.isEmpty() ? "" : " ORDER BY " + String.join(", ", key);
      return "SELECT " + String.join(", ", columns) + " FROM " + name + order;
    }

    String insert() {
      String values = columns.stream().map(_ -> "?").collect(Collectors.joining(", "));
      return "INSERT INTO %s (%s) VALUES (%s)".formatted(name, String.join(", ", columns), values);
    }

    String count() {
      return "SELECT count(*) FROM " + name;
    }
  }

  private StoreCopy() {}

  /**
   * Copies.
   *
   * @param file of a SQLite store that no process has open
   * @param target without any record
   * @return how many rows each table has
   * @throws dev.ostiary.authorization.store.StoreInUse if a process has the file
   * @throws StoreUnavailable saying what else is in the way; the target is then as it was
   */
  public static SequencedMap<String, Long> copy(Path file, PostgresqlSettings target) {
    try (SqliteDatabase from = SqliteDatabase.open(file);
        PostgresqlDatabase to = PostgresqlDatabase.open(target)) {
      List<Table> tables = from.read(StoreCopy::tables);
      return to.write(
          writing -> {
            SequencedMap<String, Long> rows = new LinkedHashMap<>();
            for (Table table : tables) {
              clear(writing, table);
            }
            for (Table table : tables) {
              rows.put(table.name(), from.read(reading -> move(table, reading, writing)));
            }
            return rows;
          });
    }
  }

  private static List<Table> tables(Statements statements) throws SQLException {
    List<Table> tables = new ArrayList<>();
    for (String name : statements.all(TABLES, Columns::text)) {
      List<String> columns = new ArrayList<>();
      List<String> key = new ArrayList<>();
      statements.all(
          COLUMNS,
          row -> {
            String column = row.text();
            columns.add(column);
            return row.number() > 0 && key.add(column);
          },
          name);
      tables.add(new Table(name, columns, key));
    }
    return tables;
  }

  /** What a new database has by itself goes; one that is in use is left alone. */
  private static void clear(Statements statements, Table table) throws SQLException {
    boolean single = table.key().isEmpty();
    long rows = statements.one(table.count(), Columns::number).orElseThrow();
    if (rows > 0 && !single) {
      throw new StoreUnavailable(
          "the database has records already (in the table %s): copy to an empty database"
              .formatted(table.name()));
    }
    statements.change("DELETE FROM " + table.name());
  }

  private static long move(Table table, Statements reading, Statements writing)
      throws SQLException {
    List<@Nullable Object[]> batch = new ArrayList<>();
    String insert = table.insert();
    reading.each(
        table.select(),
        row -> {
          batch.add(row.values(table.columns().size()));
          if (batch.size() == BATCH) {
            writing.changeAll(insert, batch);
            batch.clear();
          }
        });
    writing.changeAll(insert, batch);
    return compare(table, reading, writing);
  }

  /** Both are read in the order of their keys, which is that of the bytes in both. */
  private static long compare(Table table, Statements reading, Statements writing)
      throws SQLException {
    MessageDigest from = digest();
    MessageDigest to = digest();
    long read = digest(table, reading, from);
    long written = digest(table, writing, to);
    if (read != written || !Arrays.equals(from.digest(), to.digest())) {
      throw new StoreUnavailable(
          "the copy of the table %s is not what was copied: nothing was kept"
              .formatted(table.name()));
    }
    return written;
  }

  private static long digest(Table table, Statements statements, MessageDigest digest)
      throws SQLException {
    AtomicLong rows = new AtomicLong();
    statements.each(
        table.select(),
        row -> {
          for (Object value : row.values(table.columns().size())) {
            byte[] bytes =
                value instanceof byte[] raw ? raw : String.valueOf(value).getBytes(UTF_8);
            digest.update((byte) (value == null ? 0 : 1));
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
          }
          rows.incrementAndGet();
        });
    return rows.get();
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
