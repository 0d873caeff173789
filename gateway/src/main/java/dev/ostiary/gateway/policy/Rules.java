package dev.ostiary.gateway.policy;

import dev.ostiary.mcp.Arguments;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.Scalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Rules of one kind, the most specific first: those of the very name before all patterns, and a
 * pattern with more letters given before one with fewer. Of rules with the same pattern, the first
 * whose conditions are met holds. Where different patterns are equally specific, all of them hold
 * together. Where none holds, the less specific ones are asked.
 */
public final class Rules {
  /** No rules. */
  static final Rules NONE = new Rules(List.of());

  private final List<Rule> written;
  private final Map<String, RuleGroup> exact = new HashMap<>();
  private final List<List<RuleGroup>> patterns = new ArrayList<>();

  private Rules(List<Rule> rules) {
    this.written = List.copyOf(rules);
    Map<NamePattern, List<Rule>> groups = new LinkedHashMap<>();
    rules.forEach(rule -> groups.computeIfAbsent(rule.name(), _ -> new ArrayList<>()).add(rule));
    Map<Integer, List<RuleGroup>> tiers = new TreeMap<>(Comparator.<Integer>reverseOrder());
    groups.forEach(
        (name, group) -> {
          if (name.isExact()) {
            exact.put(name.text(), new RuleGroup(name, group));
          } else {
            tiers
                .computeIfAbsent(name.given(), _ -> new ArrayList<>())
                .add(new RuleGroup(name, group));
          }
        });
    patterns.addAll(tiers.values());
  }

  public static Rules of(Collection<Rule> rules) {
    return rules.isEmpty() ? NONE : new Rules(List.copyOf(rules));
  }

  /** As they were written. */
  public List<Rule> written() {
    return written;
  }

  /** The names that rules are about, as opposed to patterns. */
  public Set<String> names() {
    return Collections.unmodifiableSet(exact.keySet());
  }

  boolean isEmpty() {
    return written.isEmpty();
  }

  boolean hasExact(String name) {
    return exact.containsKey(name);
  }

  /**
   * What a call of this name with these arguments needs, all of it; empty if no rule is about it.
   *
   * @throws Arguments.Unsound if it depends on arguments that cannot be judged
   */
  List<RequiredScopes> needs(String name, @Nullable RawJson arguments) throws Arguments.Unsound {
    RuleGroup own = exact.get(name);
    if (own != null && !own.dependsOnArguments()) {
      return own.needs();
    }
    List<List<RuleGroup>> tiers = tiers(own, group -> group.name().matches(name));
    Map<String, Scalar> values = values(tiers, arguments);
    for (List<RuleGroup> tier : tiers) {
      List<RequiredScopes> needs =
          tier.stream().flatMap(group -> group.need(values).stream()).toList();
      if (!needs.isEmpty()) {
        return needs;
      }
    }
    return List.of();
  }

  /** Whether some call of this name needs nothing else than what is acceptable. */
  boolean mayNeed(String name, Predicate<RequiredScopes> acceptable, RequiredScopes otherwise) {
    return mayNeed(
        tiers(exact.get(name), group -> group.name().matches(name)),
        RuleGroup::mayNotHold,
        acceptable,
        otherwise);
  }

  /** What the URIs of this template need, all of them. */
  List<RequiredScopes> templateNeeds(String uriTemplate, RequiredScopes otherwise) {
    List<RequiredScopes> needs = new ArrayList<>();
    for (List<RuleGroup> tier : templateTiers(uriTemplate)) {
      tier.forEach(group -> needs.addAll(group.needs()));
      if (tier.stream().anyMatch(group -> group.name().covers(uriTemplate))) {
        return needs;
      }
    }
    needs.add(otherwise);
    return needs;
  }

  /** Whether some URI of this template needs nothing else than what is acceptable. */
  boolean templateMayNeed(
      String uriTemplate, Predicate<RequiredScopes> acceptable, RequiredScopes otherwise) {
    return mayNeed(
        templateTiers(uriTemplate),
        group -> group.mayNotHold() || !group.name().covers(uriTemplate),
        acceptable,
        otherwise);
  }

  private List<List<RuleGroup>> templateTiers(String uriTemplate) {
    List<List<RuleGroup>> tiers = new ArrayList<>();
    tiers.add(exact.values().stream().filter(group -> group.name().meets(uriTemplate)).toList());
    tiers.addAll(tiers(null, group -> group.name().meets(uriTemplate)));
    return tiers;
  }

  private static boolean mayNeed(
      List<List<RuleGroup>> tiers,
      Predicate<RuleGroup> mayBePassedBy,
      Predicate<RequiredScopes> acceptable,
      RequiredScopes otherwise) {
    for (List<RuleGroup> tier : tiers) {
      List<RuleGroup> sure = tier.stream().filter(mayBePassedBy.negate()).toList();
      if (!sure.isEmpty()) {
        return sure.stream().allMatch(group -> group.mayNeed(acceptable));
      }
      if (tier.stream().anyMatch(group -> group.mayNeed(acceptable))) {
        return true;
      }
    }
    return acceptable.test(otherwise);
  }

  /** What the most specific rules say on whether the tool changes nothing; null if they do not. */
  @Nullable Boolean readOnly(String name) {
    for (List<RuleGroup> tier : tiers(exact.get(name), group -> group.name().matches(name))) {
      List<Boolean> hints = tier.stream().flatMap(group -> group.readOnly().stream()).toList();
      if (!hints.isEmpty()) {
        return !hints.contains(false);
      }
    }
    return null;
  }

  private List<List<RuleGroup>> tiers(@Nullable RuleGroup own, Predicate<RuleGroup> isAboutIt) {
    List<List<RuleGroup>> tiers = new ArrayList<>();
    if (own != null) {
      tiers.add(List.of(own));
    }
    for (List<RuleGroup> tier : patterns) {
      List<RuleGroup> about = tier.stream().filter(isAboutIt).toList();
      if (!about.isEmpty()) {
        tiers.add(about);
      }
    }
    return tiers;
  }

  private static Map<String, Scalar> values(
      List<List<RuleGroup>> tiers, @Nullable RawJson arguments) throws Arguments.Unsound {
    Set<String> paths = new LinkedHashSet<>();
    tiers.forEach(tier -> tier.forEach(group -> paths.addAll(group.arguments())));
    if (paths.isEmpty()) {
      return Map.of();
    }
    Map<String, Scalar> values = Arguments.read(arguments, paths);
    for (List<RuleGroup> tier : tiers) {
      for (RuleGroup group : tier) {
        if (group.conditions().anyMatch(condition -> condition.isBlindTo(values))) {
          throw new Arguments.Unsound("a path among arguments goes back by a segment of dots");
        }
      }
    }
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rules that && that.written.equals(written);
  }

  @Override
  public int hashCode() {
    return written.hashCode();
  }

  @Override
  public String toString() {
    return written.toString();
  }
}
