package dev.ostiary.connector.github;

import dev.ostiary.gateway.policy.OfferedScope;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.policy.PolicyBuilder;
import dev.ostiary.gateway.policy.RequiredScopes;
import dev.ostiary.gateway.policy.Rule;
import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.Scopes;
import java.util.List;

/** What the tools of this connector need, in scopes that have GitHub's names. */
final class GitHubPolicy {
  static final Policy DEFAULT = defaults();

  private GitHubPolicy() {}

  /** The same policy, in which each scope implies what it does at GitHub. */
  static Policy withImplied(Policy policy) {
    return new Policy(
        policy.scopes().stream().map(GitHubPolicy::withImplied).toList(),
        policy.tools(),
        policy.resources(),
        policy.prompts(),
        policy.methods(),
        policy.otherwise(),
        policy.listed(),
        policy.readOnly());
  }

  private static OfferedScope withImplied(OfferedScope offered) {
    Scopes own = Scopes.of(List.of(offered.scope()));
    return new OfferedScope(
        offered.scope(),
        offered.description(),
        offered.byDefault(),
        offered.implies().union(GitHubScopes.withImplied(own).minus(own)));
  }

  private static Policy defaults() {
    RequiredScopes profile = RequiredScopes.of(GitHubScopes.DEFAULT);
    PolicyBuilder policy =
        Policy.builder()
            .tool(Rule.of("get_user_info", profile).readOnly(true))
            .tool(Rule.of("get_github_repos", profile).readOnly(true))
            .tool(Rule.of("calculate", RequiredScopes.NOTHING).readOnly(true))
            .otherwise(RequiredScopes.NOTHING);
    GitHubScopes.USABLE.forEach(scope -> policy.scope(offered(scope)));
    return withImplied(policy.build());
  }

  private static OfferedScope offered(Scope scope) {
    OfferedScope offered = OfferedScope.of(scope.value(), "");
    return GitHubScopes.DEFAULT.contains(scope) ? offered.asDefault() : offered;
  }
}
