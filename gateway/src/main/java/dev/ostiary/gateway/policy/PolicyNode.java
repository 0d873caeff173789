package dev.ostiary.gateway.policy;

import dev.ostiary.mcp.Scalar;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a policy as somebody wrote it, in YAML or JSON, and the line where it stands. */
public sealed interface PolicyNode {
  int line();

  /**
   * One value.
   *
   * @param text as it was written
   * @param value with its type, which conditions on arguments go by
   */
  record Value(String text, Scalar value, int line) implements PolicyNode {}

  /** Several, in order. */
  record Items(List<PolicyNode> values, int line) implements PolicyNode {
    public Items {
      values = List.copyOf(values);
    }
  }

  /** Keys with values. */
  record Table(Map<String, PolicyNode> values, int line) implements PolicyNode {
    public Table {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /** Nothing, where a value belongs. */
  record Nothing(int line) implements PolicyNode {}
}
