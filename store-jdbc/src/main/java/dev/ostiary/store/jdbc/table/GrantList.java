package dev.ostiary.store.jdbc.table;

import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantFilter;
import dev.ostiary.authorization.store.ListedGrant;
import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.store.jdbc.sql.Statements;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Grants that are in force or wait for their code, page by page along an index. Which one follows
 * from the filter, not from the planner's statistics: a page costs the same however many grants
 * there are.
 */
public final class GrantList {
  private static final String FOUND =
      "SELECT CASE WHEN redeemed_at IS NULL THEN NULL ELSE rotated_at END, "
          + GrantColumns.ALL
          + " FROM grants INDEXED BY ";
  private static final String ALIVE =
      """

      WHERE ended_at IS NULL AND expires_at > ? AND rests_until > ? AND (expires_at, id) < (?, ?)
      """;
  private static final String PAGE = " ORDER BY expires_at DESC, id DESC LIMIT ?";

  private GrantList() {}

  static List<ListedGrant> page(
      Statements statements, GrantFilter filter, @Nullable Grant after, int most, Instant now)
      throws SQLException {
    List<Object> values = new ArrayList<>();
    values.add(now);
    values.add(now);
    values.add(after == null ? Long.MAX_VALUE : after.expiresAt().toEpochMilli());
    values.add(after == null ? "" : after.id().value());
    columns(filter).values().stream().filter(Objects::nonNull).forEach(values::add);
    values.add(most);
    return statements.all(sql(filter), GrantList::read, values.toArray());
  }

  public static String sql(GrantFilter filter) {
    StringBuilder sql = new StringBuilder(FOUND).append(index(filter)).append(ALIVE);
    columns(filter)
        .forEach(
            (column, value) -> {
              if (value != null) {
                sql.append(" AND ").append(column).append(" = ?");
              }
            });
    return sql.append(PAGE).toString();
  }

  /** The narrowest: one user has fewer grants than one client. */
  private static String index(GrantFilter filter) {
    if (filter.id() != null) {
      return "sqlite_autoindex_grants_1";
    }
    if (filter.subject() != null) {
      return "grants_by_subject";
    }
    if (filter.userName() != null) {
      return "grants_by_user_name";
    }
    return filter.client() != null ? "grants_by_client" : "grants_by_expiry";
  }

  private static SequencedMap<String, @Nullable String> columns(GrantFilter filter) {
    SequencedMap<String, @Nullable String> columns = new LinkedHashMap<>();
    columns.put("id", text(filter.id()));
    columns.put("subject", text(filter.subject()));
    columns.put("user_name", filter.userName());
    columns.put("client", text(filter.client()));
    return columns;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static ListedGrant read(Columns columns) throws SQLException {
    Instant usedAt = columns.instantOrNull();
    return new ListedGrant(GrantColumns.read(columns), usedAt);
  }
}
