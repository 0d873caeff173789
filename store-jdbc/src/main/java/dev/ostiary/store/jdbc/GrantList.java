package dev.ostiary.store.jdbc;

import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantFilter;
import dev.ostiary.authorization.store.ListedGrant;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Grants that are in force or wait for their code, page by page along an index. */
final class GrantList {
  private static final String ALL =
      "SELECT CASE WHEN redeemed_at IS NULL THEN NULL ELSE rotated_at END, "
          + GrantColumns.ALL
          + """
          FROM grants
          WHERE ended_at IS NULL AND expires_at > ? AND rests_until > ? AND (expires_at, id) < (?, ?)
          """;
  private static final String ID = " AND id = ?";
  private static final String SUBJECT = " AND subject = ?";
  private static final String USER_NAME = " AND user_name = ?";
  private static final String CLIENT = " AND client = ?";
  private static final String PAGE = " ORDER BY expires_at DESC, id DESC LIMIT ?";

  private final StringBuilder sql = new StringBuilder(ALL);
  private final List<Object> values = new ArrayList<>();

  private GrantList(@Nullable Grant after, Instant now) {
    values.add(now);
    values.add(now);
    values.add(after == null ? Long.MAX_VALUE : after.expiresAt().toEpochMilli());
    values.add(after == null ? "" : after.id().value());
  }

  static List<ListedGrant> page(
      Statements statements, GrantFilter filter, @Nullable Grant after, int most, Instant now)
      throws SQLException {
    GrantList list = new GrantList(after, now);
    list.and(ID, filter.id());
    list.and(SUBJECT, filter.subject());
    list.and(USER_NAME, filter.userName());
    list.and(CLIENT, filter.client());
    list.sql.append(PAGE);
    list.values.add(most);
    return statements.all(list.sql.toString(), GrantList::read, list.values.toArray());
  }

  private void and(String condition, @Nullable Object value) {
    if (value != null) {
      sql.append(condition);
      values.add(value.toString());
    }
  }

  private static ListedGrant read(Columns columns) throws SQLException {
    Instant usedAt = columns.instantOrNull();
    return new ListedGrant(GrantColumns.read(columns), usedAt);
  }
}
