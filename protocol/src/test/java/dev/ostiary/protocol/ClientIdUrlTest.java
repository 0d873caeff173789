package dev.ostiary.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientIdUrlTest {
  @ParameterizedTest
  @Requirement("A-38")
  @ValueSource(
      strings = {
        "https://claude.ai/oauth/claude-code-client-metadata",
        "https://chatgpt.com/oauth/codex/client.json",
        "https://vscode.dev/oauth/client-metadata.json",
        "https://client.example/",
        "https://client.example:8443/c",
        "https://client.example/c?version=2",
        "https://client.example/a/.well-known/b...c",
        "https://Client.Example/c",
        "https://127.0.0.1/c"
      })
  void isAnHttpsUrlWithAPath(String url) {
    assertThat(parse(url)).isInstanceOf(Result.Ok.class);
  }

  @ParameterizedTest
  @CsvSource({
    "http://client.example/c, NOT_HTTPS",
    "HTTPS://client.example/c, NOT_HTTPS",
    "https:client.example/c, NOT_HTTPS",
    "https://client.example, NO_PATH",
    "https://client.example?c, NO_PATH",
    "https://client.example/c#part, FRAGMENT",
    "https://client.example/c#, FRAGMENT",
    "https://user@client.example/c, USER_INFORMATION",
    "https://user:secret@client.example/c, USER_INFORMATION",
    "https://@client.example/c, USER_INFORMATION",
    "https://client.example:/c, HOST",
    "https://client.example:0/c, HOST",
    "https://client.example:65536/c, HOST",
    "https:///c, HOST",
    "https://client_1.example/c, HOST",
    "https://client.example/./c, DOT_SEGMENT",
    "https://client.example/a/../c, DOT_SEGMENT",
    "https://client.example/a/%2e%2E/c, DOT_SEGMENT",
    "https://client.example/a/.%2e, DOT_SEGMENT",
    "https://client.example/.., DOT_SEGMENT",
    "https://client.example/a b, MALFORMED",
    "https://client.example/a\\b, MALFORMED",
    "https://client.example/é, MALFORMED",
    "https://client.example/%zz, MALFORMED",
  })
  void isNothingElse(String url, ClientIdUrl.Refusal refusal) {
    assertThat(parse(url)).isEqualTo(Result.refused(refusal));
  }

  @Test
  void isNotLong() {
    assertThat(parse("https://client.example/" + "c".repeat(2000)))
        .isEqualTo(Result.refused(ClientIdUrl.Refusal.TOO_LONG));
  }

  @Test
  void keepsItsSpelling() {
    assertThat(parse("https://client.example:443/c"))
        .isNotEqualTo(parse("https://client.example/c"));
  }

  @Test
  @Requirement("R-44")
  void namesItsHostInLowerCase() {
    assertThat(((Result.Ok<ClientIdUrl, ?>) parse("https://Client.Example:8443/c")).value().host())
        .isEqualTo("client.example");
  }

  @Test
  void knowsItsQuery() {
    assertThat(((Result.Ok<ClientIdUrl, ?>) parse("https://c.example/c?v=2")).value().hasQuery())
        .isTrue();
    assertThat(((Result.Ok<ClientIdUrl, ?>) parse("https://c.example/c")).value().hasQuery())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "https://client.example/c, true",
    "http://client.example/c, true",
    "HTTPS://client.example/c, true",
    "cli, false",
    "ostiary-https, false",
    "com.example.app:/c, false"
  })
  void isWhatAClientMeansByAUrl(String id, boolean meant) {
    assertThat(ClientIdUrl.isMeantBy(new ClientId(id))).isEqualTo(meant);
  }

  private static Result<ClientIdUrl, ClientIdUrl.Refusal> parse(String url) {
    return ClientIdUrl.parse(new ClientId(url));
  }
}
