package dev.ostiary.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.store.GrantFilter;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Subject;
import dev.ostiary.store.jdbc.sql.Statements;
import dev.ostiary.store.jdbc.sqlite.SqliteConnections;
import dev.ostiary.store.jdbc.table.GrantList;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * By which index each statement of the store finds its rows: {@code query-plans.txt} lists it, and
 * it is the same whatever statistics the database has.
 */
final class QueryPlanTest {
  static final List<SampleStatistics> STATISTICS = SampleStatistics.all();

  private static final Pattern STATEMENT =
      Pattern.compile("(SELECT|INSERT|UPDATE|DELETE) .+", Pattern.DOTALL);

  private static final Path LIST =
      Path.of("src/test/resources/dev/ostiary/store/jdbc/query-plans.txt");

  /** Tables that have a few rows, however old the database is. */
  private static final Pattern SMALL_SCAN =
      Pattern.compile(
          "SCAN (migrations|clock|signing_keys|data_keys|sealed_master_key|revocation_epoch|oldest)("
              + " .*)?");

  @TempDir private Path directory;

  @ParameterizedTest
  @FieldSource("STATISTICS")
  void findsRowsByTheSameIndexWhateverTheStatistics(SampleStatistics statistics) throws Exception {
    write(statistics);

    SqliteStore.open(directory).close();

    String plans = plans(statementsOfTheStore());
    if ("write".equals(System.getProperty("docs"))) {
      Files.writeString(LIST, plans);
    }
    assertThat(plans)
        .as("%s; to write it anew: mvn -pl store-jdbc -am test -Ddocs=write", LIST)
        .isEqualTo(expected());
  }

  /** Somebody may analyse the database while the server runs. */
  @ParameterizedTest
  @FieldSource("STATISTICS")
  void keepsToTheIndexThatAStatementNames(SampleStatistics statistics) throws Exception {
    Map<String, String> naming = statementsOfTheStore();
    naming.values().removeIf(sql -> !sql.contains("INDEXED BY"));
    SqliteStore.open(directory).close();
    String before = plans(naming);

    write(statistics);

    assertThat(naming).hasSizeGreaterThan(5);
    assertThat(plans(naming)).isEqualTo(before);
  }

  @Test
  void readsNoTableThatGrowsFromEndToEnd() throws Exception {
    assertThat(expected().lines().map(String::strip))
        .noneMatch(step -> step.startsWith("SCAN ") && !SMALL_SCAN.matcher(step).matches());
  }

  private void write(SampleStatistics statistics) throws SQLException {
    SqliteStore.open(directory).close();
    try (Statements database = open()) {
      statistics.write(database);
    }
  }

  private Statements open() throws SQLException {
    return new SqliteConnections(directory.resolve("ostiary.db")).writer();
  }

  private String plans(Map<String, String> statements) throws SQLException {
    StringBuilder plans = new StringBuilder();
    try (Statements database = open()) {
      for (Map.Entry<String, String> statement : statements.entrySet()) {
        plans.append(statement.getKey()).append('\n');
        for (String step : plan(database, statement.getValue())) {
          plans.append("  ").append(step).append('\n');
        }
      }
    }
    return plans.toString();
  }

  private static List<String> plan(Statements database, String sql) throws SQLException {
    return database.all(
        "EXPLAIN QUERY PLAN " + sql,
        row -> {
          row.number();
          row.number();
          row.number();
          return row.text();
        });
  }

  /** Every constant that is a statement, and those that are put together. */
  static Map<String, String> statementsOfTheStore() throws Exception {
    Map<String, String> statements = new TreeMap<>();
    for (Class<?> each : classesOfTheStore()) {
      for (Field field : each.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) && isText(field)) {
          field.setAccessible(true);
          add(statements, each.getSimpleName() + "." + field.getName(), field.get(null));
        }
      }
    }
    Subject subject = new Subject("github:1");
    ClientId client = new ClientId("client");
    Stream.of(
            GrantFilter.ALL,
            GrantFilter.of(new GrantId("grant")),
            GrantFilter.of(subject),
            GrantFilter.of(client),
            new GrantFilter(null, null, "octocat", null),
            new GrantFilter(null, subject, null, client),
            new GrantFilter(null, null, "octocat", client))
        .forEach(filter -> statements.put(filter.toString(), GrantList.sql(filter)));
    return statements;
  }

  private static boolean isText(Field field) {
    return field.getType() == String.class || field.getType() == List.class;
  }

  private static void add(Map<String, String> statements, String name, @Nullable Object value) {
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        add(statements, name + "[" + i + "]", list.get(i));
      }
    } else if (value instanceof String sql
        && STATEMENT.matcher(sql).matches()
        && !sql.endsWith("INDEXED BY ")) {
      statements.put(name, sql);
    }
  }

  private static List<Class<?>> classesOfTheStore() throws Exception {
    Path root =
        Path.of(SqliteStore.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path folder = root.resolve(SqliteStore.class.getPackageName().replace('.', '/'));
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
          .filter(name -> !name.contains("postgresql") && !name.contains("copy"))
          .<Class<?>>map(QueryPlanTest::classOf)
          .toList();
    }
  }

  private static Class<?> classOf(String file) {
    try {
      return Class.forName(file.substring(0, file.length() - 6).replace('/', '.'));
    } catch (ClassNotFoundException missing) {
      throw new AssertionError(missing);
    }
  }

  private static String expected() throws IOException {
    return Files.readString(LIST);
  }
}
