package dev.ostiary.config;

import dev.ostiary.mcp.Scalar;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a configuration as it is written, in YAML or JSON, and the line where it stands. */
public sealed interface Node {
  int line();

  /**
   * One value.
   *
   * @param text as it was written
   * @param value with its type, as YAML and JSON have it
   */
  record Value(String text, Scalar value, int line) implements Node {}

  /** Several, in order. */
  record Items(List<Node> values, int line) implements Node {
    public Items {
      values = List.copyOf(values);
    }
  }

  /** Keys with values. */
  record Table(Map<String, Node> values, int line) implements Node {
    /** What an empty file holds. */
    public static final Table EMPTY = new Table(Map.of(), 1);

    public Table {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /** Nothing, where a value belongs. */
  record Nothing(int line) implements Node {}
}
