package dev.ostiary.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.protocol.Scopes;
import org.junit.jupiter.api.Test;

final class PolicyTest {
  @Test
  void refusesToNeedWhatNobodyCanBeGranted() {
    PolicyBuilder builder = Policy.builder().tool("a", RequiredScopes.of("missing"));

    assertThatThrownBy(builder::build).hasMessage("a needs missing, which is not offered");
  }

  @Test
  void offersEverythingAndAsksForTheDefaultsFirst() {
    Policy policy =
        Policy.builder()
            .scope(OfferedScope.of("read", "Read").asDefault())
            .scope(OfferedScope.of("write", "Write").implying("read", "draft"))
            .scope(OfferedScope.of("admin", "Admin").implying("write"))
            .build();

    assertThat(policy.offeredScopes()).isEqualTo(Scopes.of("read", "write", "admin"));
    assertThat(policy.defaultScopes()).isEqualTo(Scopes.of("read"));
    assertThat(policy.withImplied(Scopes.of("admin", "x")))
        .isEqualTo(Scopes.of("admin", "x", "write", "read", "draft"));
  }

  @Test
  void isTheSameForEveryCallIfThatIsAllItSays() {
    Policy policy = Policy.everyCall(Scopes.of("a", "b"));

    assertThat(policy.otherwise()).isEqualTo(RequiredScopes.of("a", "b"));
    assertThat(policy.defaultScopes()).isEqualTo(Scopes.of("a", "b"));
    assertThat(policy.hidesNothing()).isTrue();
  }

  @Test
  void bringsGitHubsServerAlong() {
    Policy github = BuiltInPolicies.github();

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
