package dev.ostiary.gateway.policy;

import dev.ostiary.config.Node;
import dev.ostiary.config.Problem;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scope;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a policy as it is written in a configuration, and notes all that is wrong with it. */
public final class PolicyReader {
  private static final Set<String> KEYS =
      Set.of("extends", "scopes", "default", "tools", "resources", "prompts", "methods");

  private final Map<String, Policy> ready;
  private final ProblemCollector findings = new ProblemCollector();

  private PolicyReader(Map<String, Policy> ready) {
    this.ready = ready;
  }

  /**
   * The policy, or everything that is wrong with it.
   *
   * @param ready what it may extend
   */
  public static Result<Policy, List<Problem>> read(Node written, Map<String, Policy> ready) {
    PolicyReader reader = new PolicyReader(ready);
    Policy policy = reader.policy(written);
    List<Problem> problems = reader.findings.problems();
    return policy != null && problems.isEmpty() ? Result.ok(policy) : Result.refused(problems);
  }

  private @Nullable Policy policy(Node written) {
    Map<String, Node> table = findings.table("", written, "Begin it with scopes: or with tools:.");
    findings.unknown("", table, KEYS);
    Policy base = base(table.get("extends"));
    Map<Scope, OfferedScope> scopes = new ScopesReader(findings, base).read(table.get("scopes"));
    RequiredScopesReader needs = new RequiredScopesReader(findings, scopes.keySet());
    Function<RulesReader.Kind, Collection<Rule>> rules =
        kind -> new RulesReader(findings, needs, kind).read(table.get(kind.key()));
    Rules tools = extend(base.tools(), rules.apply(RulesReader.Kind.TOOLS));
    Rules resources = extend(base.resources(), rules.apply(RulesReader.Kind.RESOURCES));
    Rules prompts = extend(base.prompts(), rules.apply(RulesReader.Kind.PROMPTS));
    Rules methods = extend(base.methods(), rules.apply(RulesReader.Kind.METHODS));
    RequiredScopes otherwise = otherwise(table.get("default"), base.otherwise());
    return findings.problems().isEmpty()
        ? new Policy(
            List.copyOf(scopes.values()),
            tools,
            resources,
            prompts,
            methods,
            otherwise,
            Listed.REACHABLE,
            false)
        : null;
  }

  private Policy base(@Nullable Node written) {
    Policy nothing = Policy.builder().build();
    if (written == null) {
      return nothing;
    }
    String remedy = "There are: " + String.join(", ", new TreeSet<>(ready.keySet())) + ".";
    Policy base = ready.get(findings.word("extends", written, remedy));
    if (base == null) {
      findings.wrong("extends", written, "must be the name of a policy that Ostiary has", remedy);
      return nothing;
    }
    return base;
  }

  private RequiredScopes otherwise(@Nullable Node written, RequiredScopes base) {
    return switch (written) {
      case null -> base;
      case Node.Value(String text, _, _) when text.equals("deny") -> RequiredScopes.DENIED;
      case Node.Value(String text, _, _) when text.equals("allow") -> RequiredScopes.NOTHING;
      default -> {
        findings.wrong(
            "default",
            written,
            "must be deny or allow",
            "Write deny or allow; for scopes, write a rule for \"*\".");
        yield base;
      }
    };
  }

  /** What is written about a pattern takes the place of all that was said about it. */
  private static Rules extend(Rules base, Collection<Rule> own) {
    Map<NamePattern, List<Rule>> all = new LinkedHashMap<>();
    base.written().forEach(rule -> add(all, rule));
    Map<NamePattern, List<Rule>> instead = new LinkedHashMap<>();
    own.forEach(rule -> add(instead, rule));
    all.putAll(instead);
    return Rules.of(all.values().stream().flatMap(List::stream).toList());
  }

  private static void add(Map<NamePattern, List<Rule>> rules, Rule rule) {
    rules.merge(
        rule.name(),
        List.of(rule),
        (before, one) -> Stream.of(before, one).flatMap(List::stream).toList());
  }
}
