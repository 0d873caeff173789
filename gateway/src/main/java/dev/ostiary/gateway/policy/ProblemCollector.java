package dev.ostiary.gateway.policy;

import dev.ostiary.config.Node;
import dev.ostiary.config.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Notes what is wrong with a policy while it is read, and goes on. */
final class ProblemCollector {
  private final List<Problem> problems = new ArrayList<>();

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  void wrong(String key, Node where, String what, String remedy) {
    String value = where instanceof Node.Value written ? written.text() : null;
    problems.add(new Problem(key, value, where.line(), what, remedy));
  }

  /** The table's values; none, with a note, if it is no table. */
  Map<String, Node> table(String key, @Nullable Node written, String remedy) {
    if (written instanceof Node.Table table) {
      return table.values();
    }
    if (written != null) {
      wrong(key, written, "must have keys of its own", remedy);
    }
    return Map.of();
  }

  void unknown(String key, Map<String, Node> table, Set<String> known) {
    table.forEach(
        (name, written) -> {
          if (!known.contains(name)) {
            wrong(
                join(key, name),
                written,
                "is not a key of a policy here",
                "Known here: " + String.join(", ", known.stream().sorted().toList()) + ".");
          }
        });
  }

  /** The word; empty, with a note, if it is none. */
  String word(String key, Node written, String remedy) {
    if (written instanceof Node.Value value && !value.text().isBlank()) {
      return value.text();
    }
    wrong(key, written, "must be one word", remedy);
    return "";
  }

  boolean yes(String key, @Nullable Node written) {
    if (written instanceof Node.Value value && value.text().matches("true|false")) {
      return value.text().equals("true");
    }
    if (written != null) {
      wrong(key, written, "must be true or false", "Write true or false, in just these letters.");
    }
    return false;
  }

  static String join(String key, String name) {
    return key.isEmpty() ? name : key + "." + name;
  }
}
