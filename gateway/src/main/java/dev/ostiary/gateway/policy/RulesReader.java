package dev.ostiary.gateway.policy;

import dev.ostiary.config.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the rules of one kind: what each name or pattern needs. */
final class RulesReader {
  private static final String REMEDY =
      "Write what it needs, or a table with needs, or a list of such tables.";

  private final ProblemCollector findings;
  private final RequiredScopesReader needs;
  private final Kind kind;

  RulesReader(ProblemCollector findings, RequiredScopesReader needs, Kind kind) {
    this.findings = findings;
    this.needs = needs;
    this.kind = kind;
  }

  /** What there are rules for. */
  enum Kind {
    TOOLS("tools"),
    RESOURCES("resources"),
    PROMPTS("prompts"),
    METHODS("methods");

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    String key() {
      return key;
    }

    /** What a rule may say. */
    Set<String> keys() {
      return switch (this) {
        case TOOLS -> Set.of("needs", "any-of", "when", "read-only");
        case PROMPTS -> Set.of("needs", "any-of", "when");
        case RESOURCES, METHODS -> Set.of("needs", "any-of");
      };
    }
  }

  Collection<Rule> read(@Nullable Node written) {
    List<Rule> rules = new ArrayList<>();
    findings
        .table(kind.key, written, "Write names or patterns, each with what it needs.")
        .forEach((name, rule) -> rules.addAll(rules(name, rule)));
    return rules;
  }

  private List<Rule> rules(String name, Node written) {
    String key = ProblemCollector.join(kind.key, name);
    checkName(key, name, written);
    NamePattern pattern = new NamePattern(name);
    if (written instanceof Node.Items(List<Node> items, _)
        && items.stream().anyMatch(Node.Table.class::isInstance)) {
      return several(key, pattern, items);
    }
    return List.of(rule(key, pattern, written));
  }

  private List<Rule> several(String key, NamePattern pattern, List<Node> items) {
    List<Rule> rules = new ArrayList<>();
    for (Node item : items) {
      if (!rules.isEmpty() && rules.getLast().when().isEmpty()) {
        findings.wrong(
            key,
            item,
            "has a rule behind one that is for every call",
            "Put the rule without a condition last.");
      }
      rules.add(rule(key, pattern, item));
    }
    return rules;
  }

  private Rule rule(String key, NamePattern pattern, Node written) {
    if (!(written instanceof Node.Table(Map<String, Node> table, _))) {
      return new Rule(pattern, List.of(), needs.need(key, written), null);
    }
    findings.unknown(key, table, kind.keys());
    Node when = kind.keys().contains("when") ? table.get("when") : null;
    Node readOnly = kind.keys().contains("read-only") ? table.get("read-only") : null;
    return new Rule(
        pattern,
        new ConditionsReader(findings).read(key + ".when", when),
        need(key, written, table),
        readOnly == null ? null : (Boolean) findings.yes(key + ".read-only", readOnly));
  }

  private RequiredScopes need(String key, Node written, Map<String, Node> table) {
    Node all = table.get("needs");
    Node any = table.get("any-of");
    if ((all == null) == (any == null)) {
      findings.wrong(key, written, "must have either needs or any-of", REMEDY);
      return RequiredScopes.DENIED;
    }
    return all != null ? needs.need(key + ".needs", all) : needs.anyOf(key + ".any-of", any);
  }

  private void checkName(String key, String name, Node written) {
    if (name.isBlank()) {
      findings.wrong(key, written, "has no name", "Write a name, or \"*\" for every one.");
    }
    if (kind == Kind.RESOURCES) {
      ResourceUri.patternFlaw(name)
          .ifPresent(
              flaw ->
                  findings.wrong(
                      key,
                      written,
                      "fits no URI that is ever accepted: " + flaw,
                      "Write it with scheme and host in lower case, without . and .. segments,"
                          + " a default port or needless encoding, and a file as file:///PATH."));
    }
    if (kind == Kind.METHODS) {
      checkMethod(key, name, written);
    }
  }

  private void checkMethod(String key, String name, Node written) {
    if (RequestedAccess.JUDGED_BY_WHAT_THEY_USE.contains(name)) {
      findings.wrong(
          key,
          written,
          "is judged by what it uses",
          "Write rules for tools, prompts or resources instead.");
    } else if (RequestedAccess.ALWAYS_OPEN.contains(name) || name.startsWith("notifications/")) {
      findings.wrong(key, written, "is open to everybody who has signed in", "Leave the rule out.");
    }
  }
}
