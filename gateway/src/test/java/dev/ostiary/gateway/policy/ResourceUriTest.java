package dev.ostiary.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.protocol.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ResourceUriTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "docs://private/x",
        "docs://a",
        "docs://",
        "docs:///a/b/",
        "note://a%20b/c%C3%A9",
        "urn:isbn:1-2",
        "config:app",
        "file:///srv/a%20b.txt",
        "file:///",
        "https://example.com/",
        "https://example.com:8443/a?q=%26&p=a/b",
        "http://127.0.0.1/x",
        "https://xn--bcher-kva.example/a",
        "repo://octocat/hello/contents/a/b.c",
        "a+b.c-1://x:80/",
        "file:///%E7%AC%AC%EF%BC%91%EF%BC%8E%EF%BC%92",
      })
  void isAcceptedInOneForm(String uri) {
    assertThat(ResourceUri.judged(uri)).isEqualTo(Result.ok(uri));
  }

  @ParameterizedTest
  @CsvSource({
    "repo://JetBrains/kotlin, repo://jetbrains/kotlin",
    "note://a%26b, note://a&b",
    "note://A%C3%89/B, note://a%C3%89/B",
    "docs://a/b%2Ac%3A, docs://a/b*c:",
  })
  void isJudgedAsWhatServersMightTakeItFor(String uri, String judged) {
    assertThat(ResourceUri.judged(uri)).isEqualTo(Result.ok(judged));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "docs",
        "//a/b",
        " docs://private/x",
        "docs://private/x ",
        "DOCS://private/x",
        "docs:/private/x",
        "file:/secret/a",
        "file:secret",
        "file://localhost/secret/a",
        "file:////secret/a",
        "file:///a//b",
        "file:///a?b",
        "file:///public/..\t/secret/a",
        "file:///public/\u0000",
        "file:///a/../b",
        "file:///a/%2e%2E/b",
        "file:///a/.%252e/b",
        "file:///a/%25252e./b",
        "file:///a/%EF%BC%8E%EF%BC%8E/b",
        "file:///a%2Fb",
        "file:///a%5Cb",
        "file:///a\\b",
        "file:///a%EF%BC%8Fb",
        "file:///%73ecret",
        "file:///a%c3%a9",
        "file:///a%C3",
        "file:///a%0Ab",
        "file:///a%2541",
        "file:///\u00e9",
        "docs://a#b",
        "docs://u@a/",
        "docs://a:080/",
        "docs://a:/",
        "docs://:80/",
        "docs://a:99999/",
        "docs://../a",
        "docs://a%40b/",
        "docs://[::1]/",
        "http:example.com/",
        "http://example.com",
        "http://Example.com/",
        "http://example.com./",
        "http://example.com:80/",
        "https://example.com:443/",
        "http://127.1/",
        "http://0x7f.0.0.1/",
        "http://010.0.0.1/",
        "http://256.0.0.1/",
        "http://a%2Eb/",
        "http://a/?q='",
        "http:///a",
        "docs://a?..",
        "docs://a?",
        "docs:",
      })
  void isRefusedInEveryOther(String uri) {
    assertThat(ResourceUri.judged(uri)).isInstanceOf(Result.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "docs://*",
        "docs*",
        "*://x",
        "*.md",
        "file:///srv/*/public/*",
        "file://*",
        "http*://example.com/*",
        "https://*.example.com/*",
        "docs://*secret*",
        "repo://*/*/contents/*",
        "note://a/*?q=*",
        "docs://exact",
      })
  void patternsFitSomethingInThatForm(String pattern) {
    assertThat(ResourceUri.patternFlaw(pattern)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DOCS://*",
        "docs://Private/*",
        "file://localhost/*",
        "file:/srv/*",
        "docs://a/../*",
        "docs://a b/*",
        "*/../x",
        "http://example.com:80/*",
        "docs://a%26/*",
        "docs://%61/*",
        "docs",
      })
  void patternsThatFitNothingAreRefused(String pattern) {
    assertThat(ResourceUri.patternFlaw(pattern)).isPresent();
    assertThatThrownBy(() -> Policy.builder().resource(pattern, RequiredScopes.NOTHING).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(pattern);
  }

  @Test
  void longTextsAreReadInTheirLengthsTime() {
    String layers = "%25".repeat(200_000);

    assertThat(Paths.leaveTheirBeginning(layers)).isFalse();
    assertThat(Paths.leaveTheirBeginning("%" + "25".repeat(200_000) + "2e")).isTrue();
    assertThat(ResourceUri.judged("file:///" + "a/".repeat(100_000))).isInstanceOf(Result.Ok.class);
  }
}
