package dev.ostiary.connector.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.policy.RequiredScopes;
import dev.ostiary.gateway.policy.Rule;
import dev.ostiary.protocol.Scopes;
import org.junit.jupiter.api.Test;

final class ReadyPolicyTest {
  @Test
  void bringsGitHubsServerAlong() {
    Policy github = new GitHub().policy().orElseThrow();

    assertThat(github.tools().written()).hasSize(86 + 31 + 25);
    assertThat(github.otherwise()).isEqualTo(RequiredScopes.DENIED);
    assertThat(github.defaultScopes()).isEqualTo(Scopes.of("read:user"));
    assertThat(github.offeredScopes())
        .isEqualTo(
            Scopes.of(
                "read:user",
                "repo",
                "security_events",
                "delete_repo",
                "read:org",
                "gist",
                "notifications",
                "project",
                "read:project"));
    assertThat(github.tools().written())
        .contains(
            Rule.of("get_me", RequiredScopes.NOTHING).readOnly(true),
            Rule.of("delete_repository", RequiredScopes.of("delete_repo", "repo")).readOnly(false),
            Rule.of("projects_write", RequiredScopes.of("project")).readOnly(false),
            Rule.of("get_code_scanning_alert", RequiredScopes.of("security_events"))
                .readOnly(true));
    assertThat(github.tools().written())
        .as("every tool says whether it changes anything")
        .allSatisfy(rule -> assertThat(rule.readOnly()).isNotNull());
    assertThat(github.withImplied(Scopes.of("repo")))
        .isEqualTo(Scopes.of("repo", "security_events"));
  }
}
