package dev.ostiary.authorization.client.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.requirements.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentPolicyTest {
  @Test
  void trustsEverybodyAtFirst() {
    assertThat(DocumentPolicy.DEFAULTS.trusts("client.example")).isTrue();
  }

  @Test
  @Requirement("A-47")
  void trustsOnlyWhoIsAllowed() {
    DocumentPolicy policy = policy(List.of("claude.ai", "*.example.com"), List.of());

    assertThat(Stream.of("claude.ai", "a.example.com", "a.b.example.com")).allMatch(policy::trusts);
    assertThat(Stream.of("evil.claude.ai", "notclaude.ai", "example.com", "evilexample.com"))
        .noneMatch(policy::trusts);
  }

  @Test
  @Requirement("A-47")
  void neverTrustsWhoIsDenied() {
    DocumentPolicy policy = policy(List.of("*.example.com"), List.of("evil.example.com"));

    assertThat(policy.trusts("good.example.com")).isTrue();
    assertThat(policy.trusts("evil.example.com")).isFalse();
    assertThat(policy(List.of(), List.of("Evil.Example")).trusts("evil.example")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "*.",
        ".example.com",
        "a.*.example.com",
        "https://a.example",
        "a b",
        "-a"
      })
  void areHostNames(String text) {
    assertThatThrownBy(() -> DomainPattern.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must be a host name");
  }

  private static DocumentPolicy policy(List<String> allow, List<String> deny) {
    return new DocumentPolicy(
        allow.stream().map(DomainPattern::parse).toList(),
        deny.stream().map(DomainPattern::parse).toList(),
        Duration.ofDays(1));
  }
}
