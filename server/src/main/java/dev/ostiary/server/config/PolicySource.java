package dev.ostiary.server.config;

import dev.ostiary.config.Node;
import dev.ostiary.embed.config.Problem;
import dev.ostiary.gateway.policy.BuiltInPolicies;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.policy.PolicyReader;
import dev.ostiary.protocol.Result;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the policy of a server: ready-made, written in place, or in a file of its own. */
final class PolicySource {
  private static final String FILE = "file:";
  static final String REMEDY =
      "Write the name of a ready policy ("
          + String.join(", ", new TreeSet<>(BuiltInPolicies.all().keySet()))
          + "), file:PATH, or the policy itself, indented below the key.";

  private final Values values;
  private final Environment surroundings;
  private final List<Located> problems;

  PolicySource(Values values, Environment surroundings, List<Located> problems) {
    this.values = values;
    this.surroundings = surroundings;
    this.problems = problems;
  }

  /** The policy under this key; empty if there is none that can be used. */
  Optional<Policy> read(String key) {
    return switch (values.find(key)) {
      case null -> Optional.empty();
      case Node.Table table -> inPlace(key, table);
      case Node.Value(String text, _, int line) when text.startsWith(FILE) ->
          fromFile(key, text.substring(FILE.length()), line);
      case Node.Value(String name, _, int line) -> ready(key, name, line);
      case Node other -> {
        wrong(key, other.line(), null, "does not say who may do what");
        yield Optional.empty();
      }
    };
  }

  private Optional<Policy> ready(String key, String name, int line) {
    Policy policy = BuiltInPolicies.all().get(name);
    if (policy == null) {
      wrong(key, line, name, "is not a policy that Ostiary has");
    }
    return Optional.ofNullable(policy);
  }

  private Optional<Policy> inPlace(String key, Node.Table table) {
    return switch (policy(table)) {
      case Result.Ok<Policy, List<dev.ostiary.config.Problem>>(Policy policy) ->
          Optional.of(policy);
      case Result.Refused<Policy, List<dev.ostiary.config.Problem>>(
              List<dev.ostiary.config.Problem> all) -> {
        for (dev.ostiary.config.Problem each : all) {
          String full = each.key().isEmpty() ? key : key + "." + each.key();
          problems.add(
              new Located(
                  each.line(), new Problem(full, each.value(), each.what(), each.remedy())));
        }
        yield Optional.empty();
      }
    };
  }

  private Optional<Policy> fromFile(String key, String name, int line) {
    String text;
    try {
      text = surroundings.files().read(Path.of(name));
    } catch (IOException | InvalidPathException unreadable) {
      wrong(key, line, FILE + name, "names a file that cannot be read");
      return Optional.empty();
    }
    List<Located> flaws = new ArrayList<>();
    Node.Table table = YamlText.read(text, flaws);
    if (!flaws.isEmpty()) {
      flaws.forEach(flaw -> inFile(key, name, line, flaw.line(), flaw.problem()));
      return Optional.empty();
    }
    return switch (policy(table)) {
      case Result.Ok<Policy, List<dev.ostiary.config.Problem>>(Policy policy) ->
          Optional.of(policy);
      case Result.Refused<Policy, List<dev.ostiary.config.Problem>>(
              List<dev.ostiary.config.Problem> all) -> {
        for (dev.ostiary.config.Problem each : all) {
          Problem problem = new Problem(each.key(), each.value(), each.what(), each.remedy());
          inFile(key, name, line, each.line(), problem);
        }
        yield Optional.empty();
      }
    };
  }

  /** A problem of the other file, at the line that names it. */
  private void inFile(String key, String file, int line, int lineThere, Problem problem) {
    String where = key + " (" + file + ", line " + lineThere + ")";
    problems.add(
        new Located(
            line,
            new Problem(
                problem.key().isEmpty() ? where : where + ": " + problem.key(),
                problem.value(),
                problem.what(),
                problem.remedy())));
  }

  private static Result<Policy, List<dev.ostiary.config.Problem>> policy(Node.Table table) {
    return PolicyReader.read(table, BuiltInPolicies.all());
  }

  private void wrong(String key, int line, @Nullable String value, String what) {
    problems.add(new Located(line, new Problem(key, value, what, REMEDY)));
  }
}
