package dev.ostiary.connector.github;

import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.Scopes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * GitHub's scopes, which we use under GitHub's names. A wide scope holds narrower ones, and GitHub
 * names only the widest in what it grants.
 */
final class GitHubScopes {
  static final Scope READ_USER = new Scope("read:user");
  static final Scope USER_EMAIL = new Scope("user:email");
  static final Scope REPO = new Scope("repo");
  static final Scope READ_ORG = new Scope("read:org");

  /** What the tools use; no more is requested. */
  static final Scopes USABLE = Scopes.of(List.of(READ_USER, USER_EMAIL, REPO));

  /** What a client gets that asks for nothing in particular. */
  static final Scopes DEFAULT = Scopes.of(List.of(READ_USER));

  private static final Map<String, List<String>> HOLDS =
      Map.ofEntries(
          Map.entry(
              "repo",
              List.of(
                  "repo:status",
                  "repo_deployment",
                  "public_repo",
                  "repo:invite",
                  "security_events")),
          Map.entry("user", List.of("read:user", "user:email", "user:follow")),
          Map.entry("admin:org", List.of("write:org", "read:org")),
          Map.entry("write:org", List.of("read:org")),
          Map.entry("project", List.of("read:project")));

  /** All that GitHub has (GitHub, Scopes for OAuth apps). */
  private static final Set<String> ALL =
      Set.of(
          "repo",
          "public_repo",
          "repo:status",
          "repo_deployment",
          "repo:invite",
          "security_events",
          "admin:repo_hook",
          "write:repo_hook",
          "read:repo_hook",
          "admin:org",
          "write:org",
          "read:org",
          "admin:public_key",
          "write:public_key",
          "read:public_key",
          "admin:org_hook",
          "gist",
          "notifications",
          "user",
          "read:user",
          "user:email",
          "user:follow",
          "project",
          "read:project",
          "delete_repo",
          "write:packages",
          "read:packages",
          "delete:packages",
          "admin:gpg_key",
          "write:gpg_key",
          "read:gpg_key",
          "codespace",
          "workflow",
          "admin:enterprise",
          "manage_runners:enterprise",
          "manage_billing:enterprise",
          "read:enterprise",
          "read:audit_log",
          "site_admin");

  private GitHubScopes() {}

  /** Everything that GitHub has. */
  static Scopes all() {
    return Scopes.of(ALL.stream().sorted().map(Scope::new).toList());
  }

  /** Those of them that are GitHub's. */
  static Scopes known(Scopes scopes) {
    return Scopes.of(scopes.stream().filter(scope -> ALL.contains(scope.value())).toList());
  }

  /** These, and what they hold. */
  static Scopes withImplied(Scopes scopes) {
    Set<Scope> all = new LinkedHashSet<>();
    Deque<Scope> open = new ArrayDeque<>(scopes.stream().toList());
    while (!open.isEmpty()) {
      Scope scope = open.removeFirst();
      if (all.add(scope)) {
        HOLDS.getOrDefault(scope.value(), List.of()).forEach(held -> open.add(new Scope(held)));
      }
    }
    return Scopes.of(all);
  }

  /** Reads the {@code scope} of a token reply, which has commas where OAuth has spaces. */
  static Scopes parse(String commaSeparated) {
    return Scopes.parse(commaSeparated.replace(',', ' ')).orElse(Scopes.none());
  }
}
