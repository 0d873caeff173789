package dev.ostiary.gateway.policy;

import dev.ostiary.config.Node;
import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.Scopes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the scopes that a call requires: {@code allow}, {@code deny}, a scope, or a list of scopes.
 */
final class RequiredScopesReader {
  static final String ALLOW = "allow";
  static final String DENY = "deny";
  private static final String REMEDY =
      "Write allow, deny, a scope, or several in square brackets: [docs:read, docs:write].";

  private final ProblemCollector findings;
  private final Set<Scope> offered;

  RequiredScopesReader(ProblemCollector findings, Set<Scope> offered) {
    this.findings = findings;
    this.offered = offered;
  }

  RequiredScopes need(String key, Node written) {
    if (written instanceof Node.Value(String text, _, _)) {
      switch (text) {
        case ALLOW -> {
          return RequiredScopes.NOTHING;
        }
        case DENY -> {
          return RequiredScopes.DENIED;
        }
        default -> {}
      }
    }
    return RequiredScopes.of(scopes(key, written));
  }

  /** Any of several. */
  RequiredScopes anyOf(String key, Node written) {
    if (!(written instanceof Node.Items(List<Node> values, _)) || values.isEmpty()) {
      findings.wrong(
          key, written, "must be a list of what is enough", "Write it as [repo, [user, gist]].");
      return RequiredScopes.DENIED;
    }
    return new RequiredScopes.AnyOf(values.stream().map(each -> scopes(key, each)).toList());
  }

  private Scopes scopes(String key, Node written) {
    List<Scope> scopes = new ArrayList<>();
    switch (written) {
      case Node.Value value -> scope(key, value).ifPresent(scopes::add);
      case Node.Items(List<Node> values, _) -> {
        for (Node each : values) {
          scope(key, each).ifPresent(scopes::add);
        }
      }
      case Node.Table _, Node.Nothing _ ->
          findings.wrong(key, written, "does not say what it needs", REMEDY);
    }
    return Scopes.of(scopes);
  }

  private Optional<Scope> scope(String key, Node written) {
    if (!(written instanceof Node.Value(String text, _, _))
        || !Scope.isScope(text)
        || text.equals(ALLOW)
        || text.equals(DENY)) {
      findings.wrong(key, written, "does not name a scope", REMEDY);
      return Optional.empty();
    }
    Scope scope = new Scope(text);
    if (!offered.contains(scope)) {
      findings.wrong(
          key,
          written,
          text.equals(Scope.OFFLINE_ACCESS.value())
              ? "names offline_access, which is a right at no server"
              : "names a scope that is not among scopes",
          declare(offered));
      return Optional.empty();
    }
    return Optional.of(scope);
  }

  static String declare(Collection<Scope> offered) {
    String names = String.join(", ", offered.stream().map(Scope::value).toList());
    return names.isEmpty()
        ? "Declare it under scopes."
        : "Declare it under scopes, or use one of: " + names + ".";
  }
}
