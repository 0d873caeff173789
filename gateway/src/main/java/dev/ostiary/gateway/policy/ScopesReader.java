package dev.ostiary.gateway.policy;

import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.Scopes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a server offers: {@code scopes}, by name. */
final class ScopesReader {
  private static final String KEY = "scopes";
  private static final Set<String> KEYS = Set.of("title", "default", "implies");

  /** What stands for something else where a scope may stand. */
  private static final Set<String> RESERVED =
      Set.of(NeedReader.ALLOW, NeedReader.DENY, Scope.OFFLINE_ACCESS.value());

  private final Findings findings;
  private final Map<Scope, OfferedScope> scopes = new LinkedHashMap<>();

  ScopesReader(Findings findings, Policy base) {
    this.findings = findings;
    base.scopes().forEach(scope -> scopes.put(scope.scope(), scope));
  }

  Map<Scope, OfferedScope> read(@Nullable Written written) {
    Map<String, Written> table =
        findings.table(
            KEY, written, "Write one for each scope, such as docs:read: Read documents.");
    table.forEach(this::read);
    table.forEach(this::checkImplied);
    return scopes;
  }

  private void read(String name, Written written) {
    String key = Findings.join(KEY, name);
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
          case Written.Nothing _ -> OfferedScope.of(name, "");
          case Written.Value(String title, _, _) -> OfferedScope.of(name, title);
          case Written.Table(var keys, _) -> described(key, scope, keys);
          case Written.Items _ -> {
            findings.wrong(
                key,
                written,
                "must be a title, or have keys of its own",
                "Known here: title, default, implies.");
            yield OfferedScope.of(name, "");
          }
        });
  }

  private OfferedScope described(String key, Scope scope, Map<String, Written> keys) {
    findings.unknown(key, keys, KEYS);
    Written title = keys.get("title");
    return new OfferedScope(
        scope,
        title == null ? "" : findings.word(key + ".title", title, "Write what it allows."),
        findings.yes(key + ".default", keys.get("default")),
        implied(key + ".implies", keys.get("implies")));
  }

  private Scopes implied(String key, @Nullable Written written) {
    List<Written> items =
        switch (written) {
          case null -> List.of();
          case Written.Items(var values, _) -> values;
          default -> List.of(written);
        };
    List<Scope> implied = new ArrayList<>();
    for (Written item : items) {
      String name = findings.word(key, item, "Write scopes in square brackets: [docs:read].");
      if (Scope.isScope(name)) {
        implied.add(new Scope(name));
      }
    }
    return Scopes.of(implied);
  }

  private void checkImplied(String name, Written written) {
    OfferedScope offered = Scope.isScope(name) ? scopes.get(new Scope(name)) : null;
    if (offered == null) {
      return;
    }
    for (Scope implied : offered.implies()) {
      if (!scopes.containsKey(implied)) {
        findings.wrong(
            Findings.join(KEY, name) + ".implies",
            written,
            "names " + implied + ", which is not among scopes",
            NeedReader.declare(scopes.keySet()));
      }
    }
  }
}
