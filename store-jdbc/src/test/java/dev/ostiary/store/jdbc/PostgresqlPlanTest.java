package dev.ostiary.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.store.jdbc.postgresql.PostgresqlDatabase;
import dev.ostiary.store.jdbc.postgresql.PostgresqlSettings;
import dev.ostiary.testkit.postgresql.PostgresqlServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How PostgreSQL finds the rows of each statement when tables are large. */
final class PostgresqlPlanTest {
  private static final Pattern PARAMETER = Pattern.compile("\\?");

  /** Tables that have a few rows, however old the database is. */
  private static final Pattern SMALL =
      Pattern.compile(
          "(migrations|clock|signing_keys|data_keys|sealed_master_key|revocation_epoch)");

  private static final Pattern SCAN = Pattern.compile("Seq Scan on (\\w+)");

  private static final List<String> ROWS =
      List.of(
          "INSERT INTO grants (id, client, subject, user_name, scopes, resource, upstream_token,"
              + " created_at, expires_at, client_authentication, redeem_by, redeemed_at,"
              + " generation, rotated_at, kept_until) SELECT md5(n::text), 'client-' || n % 3000,"
              + " 'github:' || n, 'user-' || n, 'read', 'https://mcp.example.com/mcp',"
              + " md5('token ' || n), n, 9000000000 + n, 'none', n, n, 1, n, 8000000000 + n"
              + " FROM generate_series(1, 100000) AS n",
          "INSERT INTO refresh_tokens SELECT sha256(n::text::bytea), md5((n % 100000)::text),"
              + " 1, 9000000000 + n FROM generate_series(1, 200000) AS n",
          "INSERT INTO codes SELECT sha256(n::text::bytea), md5(n::text), 'r', 'c', n, n"
              + " FROM generate_series(1, 100000) AS n",
          "INSERT INTO clients SELECT 'client-' || n, 'REGISTERED', NULL, NULL, '{}', n, n"
              + " FROM generate_series(1, 100000) AS n",
          "INSERT INTO upstream_tokens (id, upstream, user_id, scopes, tokens, version, kept_at,"
              + " confirmed_at, needed_until) SELECT md5('token ' || n), 'github', n::text, 'read',"
              + " ''::bytea, 1, n, n, 9000000000 + n FROM generate_series(1, 100000) AS n",
          "INSERT INTO sessions SELECT sha256(n::text::bytea), 's', 'u', n"
              + " FROM generate_series(1, 100000) AS n",
          "INSERT INTO sign_ins SELECT sha256(n::text::bytea), '', 'c', 'r', 's', 'r', 'c', NULL,"
              + " 'u', '', NULL, n FROM generate_series(1, 100000) AS n",
          "INSERT INTO approvals SELECT 'github:' || n, 'c', 'r', 'r', 's', '', n, n"
              + " FROM generate_series(1, 100000) AS n",
          "INSERT INTO used_assertions SELECT sha256(n::text::bytea), n"
              + " FROM generate_series(1, 100000) AS n",
          "INSERT INTO revocations SELECT n, md5(n::text), NULL, NULL, n"
              + " FROM generate_series(1, 100000) AS n",
          "INSERT INTO upstream_names SELECT 'github', 'USER', n::text, n::text, n"
              + " FROM generate_series(1, 100000) AS n",
          "INSERT INTO backend_eras SELECT n::text, 'MODERN', 1, n, n"
              + " FROM generate_series(1, 100000) AS n",
          "ANALYZE");

  @Test
  void readsNoTableThatGrowsFromEndToEnd() throws Exception {
    Map<String, String> statements = QueryPlanTest.statementsOfTheStore();
    List<String> scans = new ArrayList<>();
    try (PostgresqlServer server = PostgresqlServer.start("fsync=off")) {
      String url = server.newSchema();
      try (PostgresqlDatabase database =
              PostgresqlDatabase.open(new PostgresqlSettings(url, null, null, 1, false));
          Connection connection = DriverManager.getConnection(url + "&preferQueryMode=simple");
          Statement statement = connection.createStatement()) {
        for (String rows : ROWS) {
          statement.execute(rows);
        }
        for (Map.Entry<String, String> each : statements.entrySet()) {
          String sql = database.dialect().translate(each.getValue());
          try (ResultSet plan = statement.executeQuery("EXPLAIN (GENERIC_PLAN) " + numbered(sql))) {
            while (plan.next()) {
              Matcher scan = SCAN.matcher(plan.getString(1));
              if (scan.find() && !SMALL.matcher(scan.group(1)).matches()) {
                scans.add(each.getKey() + ": " + plan.getString(1).strip());
              }
            }
          }
        }
      }
    }
    assertThat(statements).hasSizeGreaterThan(60);
    assertThat(scans).isEmpty();
  }

  private static String numbered(String sql) {
    int[] number = {0};
    return PARAMETER.matcher(sql).replaceAll(_ -> "\\$" + ++number[0]);
  }
}
