package dev.ostiary.store.jdbc;

import dev.ostiary.store.jdbc.sql.Statements;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * What ANALYZE has written into a database of some age (SQLite: {@code sqlite_stat1}).
 *
 * @param rows how many rows each table has
 * @param distinct how many different values a column has; as many as there are rows if not named
 */
record SampleStatistics(String name, long rows, Map<String, Long> distinct) {
  private static final long MILLION = 1_000_000;

  static List<SampleStatistics> all() {
    return List.of(
        new SampleStatistics("never analysed", 0, Map.of()),
        new SampleStatistics("young", 3, everythingOf(1L)),
        new SampleStatistics("of one user", MILLION, Map.of("subject", 1L, "user_name", 1L)),
        new SampleStatistics(
            "old", MILLION, Map.of("client", 300L, "resource", 5L, "upstream_token", 200_000L)),
        new SampleStatistics(
            "of one shared client",
            MILLION,
            Map.of("client", 1L, "resource", 1L, "redirect_uri", 1L, "expires_at", 900_000L)));
  }

  /** Writes it where the next connection finds it. */
  void write(Statements statements) throws SQLException {
    if (rows == 0) {
      return;
    }
    statements.change("ANALYZE sqlite_schema");
    statements.change("DELETE FROM sqlite_stat1");
    String indexes =
        """
        SELECT t.name, i.name, group_concat(c.name) FROM pragma_table_list t, pragma_index_list(t.name) i,
          pragma_index_xinfo(i.name) c
        WHERE t.schema = 'main' AND c.key = 1 GROUP BY 1, 2
        """;
    for (String[] index :
        statements.all(indexes, row -> new String[] {row.text(), row.text(), row.text()})) {
      statements.change(
          "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)",
          index[0],
          index[1],
          statistics(index[2].split(",", -1)));
    }
  }

  /** The number of rows, then how many rows agree in the first column, the first two, and so on. */
  private String statistics(String[] columns) {
    StringBuilder statistics = new StringBuilder(Long.toString(rows));
    long alike = rows;
    for (String column : columns) {
      alike = Math.max(1, alike / distinct.getOrDefault(column, rows));
      statistics.append(' ').append(alike);
    }
    return statistics.toString();
  }

  private static Map<String, Long> everythingOf(long one) {
    return Map.of(
        "client", one, "subject", one, "user_name", one, "resource", one, "redirect_uri", one);
  }
}
