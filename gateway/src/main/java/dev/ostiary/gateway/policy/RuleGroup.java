package dev.ostiary.gateway.policy;

import dev.ostiary.mcp.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The rules of one pattern, of which the first holds whose conditions are met.
 *
 * @param rules never empty
 */
record RuleGroup(NamePattern name, List<Rule> rules) {
  RuleGroup {
    rules = List.copyOf(rules);
  }

  /** Whether it takes the arguments to tell which of the rules holds, if any does. */
  boolean dependsOnArguments() {
    return !rules.getFirst().when().isEmpty();
  }

  /** Whether it can be that none of the rules holds. */
  boolean mayNotHold() {
    return rules.stream().noneMatch(rule -> rule.when().isEmpty());
  }

  /** The need that holds whatever the arguments are. */
  List<RequiredScopes> needs() {
    return List.of(rules.getFirst().need());
  }

  Optional<RequiredScopes> need(Map<String, Scalar> arguments) {
    for (Rule rule : rules) {
      if (rule.when().stream().allMatch(condition -> condition.isMetBy(arguments))) {
        return Optional.of(rule.need());
      }
    }
    return Optional.empty();
  }

  boolean mayNeed(Predicate<RequiredScopes> acceptable) {
    return rules.stream().map(Rule::need).anyMatch(acceptable);
  }

  List<String> arguments() {
    return conditions().map(Condition::argument).toList();
  }

  Stream<Condition> conditions() {
    return rules.stream().flatMap(rule -> rule.when().stream());
  }

  /** What the rules say on whether the tool changes nothing, each that says it. */
  List<Boolean> readOnly() {
    return rules.stream().map(Rule::readOnly).filter(Objects::nonNull).toList();
  }
}
