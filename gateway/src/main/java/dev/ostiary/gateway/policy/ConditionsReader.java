package dev.ostiary.gateway.policy;

import dev.ostiary.config.Node;
import dev.ostiary.mcp.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads conditions: arguments, each with one of three words and what it is compared with. */
final class ConditionsReader {
  private static final Set<String> WORDS = Set.of("equals", "in", "prefix");
  private static final String REMEDY =
      "Write { equals: VALUE }, { in: [VALUE, VALUE] } or { prefix: TEXT }.";

  private final ProblemCollector findings;

  ConditionsReader(ProblemCollector findings) {
    this.findings = findings;
  }

  List<Condition> read(String key, @Nullable Node written) {
    Map<String, Node> table =
        findings.table(key, written, "Write arguments: when: { owner: { equals: acme } }.");
    if (written != null && table.isEmpty()) {
      findings.wrong(key, written, "names no argument", "Leave when out, or name an argument.");
    }
    List<Condition> conditions = new ArrayList<>();
    table.forEach((argument, test) -> conditions.addAll(condition(key, argument, test)));
    return conditions;
  }

  private List<Condition> condition(String key, String argument, Node written) {
    String full = ProblemCollector.join(key, argument);
    if (!argument.matches("[^.]+(\\.[^.]+)*")) {
      findings.wrong(full, written, "must be an argument, or a path with dots", REMEDY);
    }
    Map<String, Node> table = findings.table(full, written, REMEDY);
    findings.unknown(full, table, WORDS);
    if (table.size() != 1) {
      findings.wrong(full, written, "must have exactly one of equals, in and prefix", REMEDY);
    }
    List<Condition> conditions = new ArrayList<>();
    table.forEach(
        (word, value) -> {
          Condition.Test test = test(full + "." + word, word, value);
          if (test != null) {
            conditions.add(new Condition(argument, test));
          }
        });
    return conditions;
  }

  private Condition.@Nullable Test test(String key, String word, Node written) {
    return switch (word) {
      case "equals" -> {
        Scalar value = scalar(key, written);
        yield value == null ? null : new Condition.Test.Equals(value);
      }
      case "in" -> in(key, written);
      case "prefix" -> prefix(key, written);
      default -> null;
    };
  }

  private Condition.@Nullable Test in(String key, Node written) {
    if (!(written instanceof Node.Items(List<Node> values, _)) || values.isEmpty()) {
      findings.wrong(key, written, "must be a list of values", REMEDY);
      return null;
    }
    List<Scalar> scalars = new ArrayList<>();
    for (Node each : values) {
      Scalar value = scalar(key, each);
      if (value != null) {
        scalars.add(value);
      }
    }
    return new Condition.Test.In(scalars);
  }

  private Condition.@Nullable Test prefix(String key, Node written) {
    if (written instanceof Node.Value(_, Scalar.Text(String text), _)
        && !text.isEmpty()
        && text.equals(Paths.plain(text))
        && !Paths.leaveTheirBeginning(text)
        && !(Condition.isOfPaths(text) && Paths.haveOtherSpellings(text))) {
      return new Condition.Test.Prefix(text);
    }
    findings.wrong(
        key,
        written,
        "must be the beginning of a text, without . and .. and empty segments, and without"
            + " percent-encoding",
        "Write it as it is when all encoding is undone, and in quotes if it looks like a number.");
    return null;
  }

  private @Nullable Scalar scalar(String key, Node written) {
    if (written instanceof Node.Value value) {
      return value.value();
    }
    findings.wrong(key, written, "must be a text, a number, true or false", REMEDY);
    return null;
  }
}
