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
}
