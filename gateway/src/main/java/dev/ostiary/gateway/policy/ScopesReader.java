package dev.ostiary.gateway.policy;

import dev.ostiary.config.Node;
import dev.ostiary.protocol.LocalizedText;
import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.ScopeDescription;
import dev.ostiary.protocol.ScopeEffect;
import dev.ostiary.protocol.Scopes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a server offers: {@code scopes}, by name. */
final class ScopesReader {
  private static final String KEY = "scopes";
  private static final Set<String> KEYS = Set.of("title", "effect", "default", "implies");

  /** Those that the pages are written in. */
  private static final Set<String> LANGUAGES = Set.of("en", "ja");

  /** What stands for something else where a scope may stand. */
  private static final Set<String> RESERVED =
      Set.of(RequiredScopesReader.ALLOW, RequiredScopesReader.DENY, Scope.OFFLINE_ACCESS.value());

  private final ProblemCollector findings;
  private final Map<Scope, OfferedScope> scopes = new LinkedHashMap<>();

  ScopesReader(ProblemCollector findings, Policy base) {
    this.findings = findings;
    base.scopes().forEach(scope -> scopes.put(scope.scope(), scope));
  }

  Map<Scope, OfferedScope> read(@Nullable Node written) {
    Map<String, Node> table =
        findings.table(
            KEY, written, "Write one for each scope, such as docs:read: Read documents.");
    table.forEach(this::read);
    table.forEach(this::checkImplied);
    return scopes;
  }

  private void read(String name, Node written) {
    String key = ProblemCollector.join(KEY, name);
    if (!Scope.isScope(name) || RESERVED.contains(name)) {
      findings.wrong(
          key,
          written,
          "cannot be the name of a scope",
          "Use letters, digits and : . _ -, and none of the words "
              + String.join(", ", RESERVED.stream().sorted().toList())
              + ".");
      return;
    }
    Scope scope = new Scope(name);
    scopes.put(
        scope,
        switch (written) {
          case Node.Nothing _ -> OfferedScope.of(name, "");
          case Node.Value(String title, _, _) -> OfferedScope.of(name, title);
          case Node.Table(var keys, _) -> described(key, scope, keys);
          case Node.Items _ -> {
            findings.wrong(
                key,
                written,
                "must be a title, or have keys of its own",
                "Known here: title, effect, default, implies.");
            yield OfferedScope.of(name, "");
          }
        });
  }

  private OfferedScope described(String key, Scope scope, Map<String, Node> keys) {
    findings.unknown(key, keys, KEYS);
    LocalizedText title = title(key + ".title", keys.get("title"));
    Node effect = keys.get("effect");
    return new OfferedScope(
        scope,
        effect == null
            ? ScopeDescription.of(scope, title)
            : new ScopeDescription(title, effect(key + ".effect", effect)),
        findings.yes(key + ".default", keys.get("default")),
        implied(key + ".implies", keys.get("implies")));
  }

  /** One text, or one for each language. */
  private LocalizedText title(String key, @Nullable Node written) {
    String remedy = "Write what it allows.";
    return switch (written) {
      case null -> LocalizedText.NONE;
      case Node.Table(var texts, _) -> {
        findings.unknown(key, texts, LANGUAGES);
        Map<String, String> byLanguage = new LinkedHashMap<>();
        texts.forEach(
            (language, text) ->
                byLanguage.put(
                    language, findings.word(ProblemCollector.join(key, language), text, remedy)));
        yield new LocalizedText(byLanguage);
      }
      default -> LocalizedText.of(findings.word(key, written, remedy));
    };
  }

  private ScopeEffect effect(String key, Node written) {
    String words = "Write read, private, change or delete: the worst that it allows.";
    Optional<ScopeEffect> effect = ScopeEffect.parse(findings.word(key, written, words));
    if (effect.isEmpty() && written instanceof Node.Value) {
      findings.wrong(key, written, "is not what a scope can do", words);
    }
    return effect.orElse(ScopeEffect.CHANGE);
  }

  private Scopes implied(String key, @Nullable Node written) {
    List<Node> items =
        switch (written) {
          case null -> List.of();
          case Node.Items(var values, _) -> values;
          default -> List.of(written);
        };
    List<Scope> implied = new ArrayList<>();
    for (Node item : items) {
      String name = findings.word(key, item, "Write scopes in square brackets: [docs:read].");
      if (Scope.isScope(name)) {
        implied.add(new Scope(name));
      }
    }
    return Scopes.of(implied);
  }

  private void checkImplied(String name, Node written) {
    OfferedScope offered = Scope.isScope(name) ? scopes.get(new Scope(name)) : null;
    if (offered == null) {
      return;
    }
    for (Scope implied : offered.implies()) {
      if (!scopes.containsKey(implied)) {
        findings.wrong(
            ProblemCollector.join(KEY, name) + ".implies",
            written,
            "names " + implied + ", which is not among scopes",
            RequiredScopesReader.declare(scopes.keySet()));
      }
    }
  }
}
