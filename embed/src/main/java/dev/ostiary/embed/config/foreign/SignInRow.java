package dev.ostiary.embed.config.foreign;

import dev.ostiary.config.Entry;
import dev.ostiary.config.Node;
import dev.ostiary.config.Place;
import dev.ostiary.config.Problems;
import dev.ostiary.config.Row;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row that is not read where nothing is written of it and every server takes its access tokens
 * from a foreign authorization server: no user signs in here then.
 *
 * @param row of sign-in
 */
public record SignInRow<T>(Row<T> row) implements Row<T> {
  private static final String FOREIGN = "authorization-server";

  @Override
  public String component() {
    return row.component();
  }

  @Override
  public List<String> names() {
    return row.names();
  }

  @Override
  public @Nullable T read(Node.Table table, Place place, @Nullable T usual) {
    boolean written = names().stream().anyMatch(table.values()::containsKey);
    return written || isNeeded(table.values()) ? row.read(table, place, usual) : null;
  }

  private static boolean isNeeded(Map<String, Node> all) {
    return !(all.get("servers") instanceof Node.Table(Map<String, Node> servers, int _))
        || servers.isEmpty()
        || servers.values().stream().anyMatch(server -> isOurs(server, all.containsKey(FOREIGN)));
  }

  private static boolean isOurs(Node server, boolean elsewhereByDefault) {
    return !(server instanceof Node.Table(Map<String, Node> keys, int _))
        || keys.containsKey("connector")
        || keys.containsKey("resource")
        || !(elsewhereByDefault || keys.containsKey(FOREIGN));
  }

  @Override
  public boolean needsUsual() {
    return row.needsUsual();
  }

  @Override
  public void check(T value, Problems problems) {
    row.check(value, problems);
  }

  @Override
  public Stream<Entry> entries(String path, @Nullable T usual) {
    return row.entries(path, usual);
  }
}
