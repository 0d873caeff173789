package dev.ostiary.authorization.client.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Result;
import dev.ostiary.requirements.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectRulesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://claude.ai/api/mcp/auth_callback",
        "https://app.example",
        "https://app.example:8443/cb?tenant=a%2Fb",
        "https://xn--bcher-kva.example/cb",
        "https://[2001:db8::1]/cb",
        "http://127.0.0.1/cb",
        "http://127.1.2.3:3000/cb",
        "http://[::1]:3000/cb",
        "http://localhost:3334/oauth/callback",
        "http://LOCALHOST/cb",
        "http://app.localhost:3000/cb",
        "cursor://anysphere.cursor-mcp/oauth/callback",
        "vscode://vscode.github-authentication/did-authenticate",
        "com.example.app:/cb",
        "https://app.example/a.b/...hidden/c..d",
      })
  void acceptsWhatRealClientsUse(String uri) {
    assertThat(RedirectRules.check(uri)).isEqualTo(Result.ok(new RedirectUri(uri)));
  }

  @ParameterizedTest
  @Requirement("A-30")
  @CsvSource({
    "http://evil.example/cb,NOT_SECURE",
    "HTTP://evil.example/cb,NOT_SECURE",
    "http://127.0.0.1.evil.example/cb,NOT_SECURE",
    "http://localhost.evil.example/cb,NOT_SECURE",
    "http://0x7f.1/cb,HOST",
    "http://127.1/cb,HOST",
    "http://2130706433/cb,NOT_SECURE",
    "http://0.0.0.0/cb,NOT_SECURE",
    "http://[::ffff:127.0.0.1]/cb,NOT_SECURE",
  })
  void refusesHttpBeyondThisMachine(String uri, RedirectRules.Refusal refusal) {
    assertThat(RedirectRules.check(uri)).isEqualTo(Result.refused(refusal));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "JavaScript://a.example/%0aalert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:https://a.example/1",
        "about:blank",
        "ws://a.example/",
        "wss://a.example/",
        "ftp://a.example/",
        "mailto:a",
        "view-source:https://a.example/",
        "intent://a.example/",
        "ms-msdt:/id",
        "urn:ietf:wg:oauth:2.0:oob",
      })
  void refusesSchemesThatDoSomethingElse(String uri) {
    assertThat(RedirectRules.check(uri))
        .isEqualTo(Result.refused(RedirectRules.Refusal.DANGEROUS_SCHEME));
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/cb#f,FRAGMENT",
    "https://a.example/cb#,FRAGMENT",
    "https://*.example/cb,WILDCARD",
    "https://a.example/*,WILDCARD",
    "https://u@a.example/cb,USER_INFORMATION",
    "https://u:p@a.example/cb,USER_INFORMATION",
    "https://a.example%40evil.example/cb,HOST",
    "cursor://u@evil.example/cb,USER_INFORMATION",
    "cursor://a%2eb/cb,HOST",
    "https://a.example\\@evil.example/cb,CHARACTER",
    "https://a.example/a b,CHARACTER",
    "https://a.example/\u00e9,CHARACTER",
    "https://b\u00fccher.example/,CHARACTER",
    "https://a.example/%zz,CHARACTER",
    "https://a.example/<b>,CHARACTER",
    "https://a.example/../cb,DOT_SEGMENT",
    "https://a.example/x/.,DOT_SEGMENT",
    "https://a.example/x/%2e%2E/cb,DOT_SEGMENT",
    "https://a.example/x%2fcb,DOT_SEGMENT",
    "https://a.example/x%5Ccb,DOT_SEGMENT",
    "https://a.example/x%252e,DOT_SEGMENT",
    "https://a.example/x%0d%0aLocation:x,DOT_SEGMENT",
    "com.example:/../cb,DOT_SEGMENT",
    "https:///cb,HOST",
    "https://a_b.example/cb,HOST",
    "https://a.example:/cb,HOST",
    "https://a.example:0/cb,HOST",
    "https://a.example:65536/cb,HOST",
    "myapp:cb,NO_SLASH",
    "/cb,MALFORMED",
    "cb,MALFORMED",
    "//a.example/cb,MALFORMED",
    "https:,MALFORMED",
    "'',CHARACTER",
  })
  void refusesWhatIsReadDifferentlyByDifferentReaders(String uri, RedirectRules.Refusal refusal) {
    assertThat(RedirectRules.check(uri)).isEqualTo(Result.refused(refusal));
  }

  @Test
  void refusesControlCharacters() {
    assertThat(RedirectRules.check("https://a.example/\r\nx"))
        .isEqualTo(Result.refused(RedirectRules.Refusal.CHARACTER));
    assertThat(RedirectRules.check("https://a.example/\t"))
        .isEqualTo(Result.refused(RedirectRules.Refusal.CHARACTER));
  }

  @Test
  void refusesWhatIsTooLong() {
    assertThat(RedirectRules.check("https://a.example/" + "x".repeat(2000)))
        .isEqualTo(Result.refused(RedirectRules.Refusal.TOO_LONG));
  }
}
