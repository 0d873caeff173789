package dev.ostiary.server.config;

import dev.ostiary.mcp.Scalar;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a configuration as it was written, and the line where it stands. */
sealed interface Node {
  int line();

  /**
   * One value.
   *
   * @param scalar with the type that it has in YAML
   */
  record Text(String value, Scalar scalar, int line) implements Node {}

  /** Values in square brackets, or behind hyphens. */
  record Items(List<Node> nodes, int line) implements Node {
    public Items {
      nodes = List.copyOf(nodes);
    }
  }

  /** Keys with values. */
  record Table(Map<String, Node> nodes, int line) implements Node {
    static final Table EMPTY = new Table(Map.of(), 1);

    public Table {
      nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
    }
  }

  /** A key whose value was left out. */
  record Nothing(int line) implements Node {}
}
