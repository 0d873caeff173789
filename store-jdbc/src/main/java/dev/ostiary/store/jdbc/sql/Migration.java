package dev.ostiary.store.jdbc.sql;

import dev.ostiary.authorization.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * One step of the tables' history. Once released, it never changes.
 *
 * @param sql statements, each ended by a semicolon at the end of a line
 */
public record Migration(int version, String name, String sql) {
  public static List<Migration> ofSqlite() {
    return List.of(
        resource("migrations/sqlite/", 1, "foundation"),
        resource("migrations/sqlite/", 2, "grants_by_user"),
        resource("migrations/sqlite/", 3, "clock"),
        resource("migrations/sqlite/", 4, "upstream_names"),
        resource("migrations/sqlite/", 5, "confirmed_users"),
        resource("migrations/sqlite/", 6, "backend_eras"),
        resource("migrations/sqlite/", 7, "data_keys"),
        resource("migrations/sqlite/", 8, "dead_grants"));
  }

  /** Those of PostgreSQL, whose history begins later. */
  public static List<Migration> ofPostgresql() {
    return List.of(resource("migrations/postgresql/", 1, "foundation"));
  }

  /** What tells whether a migration is still the one that was applied. */
  Sha256 checksum() {
    return Sha256.of(sql);
  }

  List<String> statements() {
    return Arrays.stream(sql.split(";\\R")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /** How people call it. */
  String title() {
    return version + " (" + name + ")";
  }

  private static Migration resource(String folder, int version, String name) {
    String path = "%sV%03d__%s.sql".formatted(folder, version, name);
    try (InputStream resource = Migration.class.getResourceAsStream(path)) {
      if (resource == null) {
        throw new IllegalStateException("the program lacks " + path);
      }
      return new Migration(
          version, name, new String(resource.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
