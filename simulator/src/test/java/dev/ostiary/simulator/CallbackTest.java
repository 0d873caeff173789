package dev.ostiary.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.simulator.token.App;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CallbackTest {
  private static final String SENT = "code";

  @ParameterizedTest
  @CsvSource({
    "https://app.example/path, https://app.example/path, true",
    "https://app.example/path, https://app.example/path/, false",
    "https://app.example/path, https://app.example/path/below, false",
    "https://app.example/path, https://app.example:8443/path, false",
    "https://app.example/path, https://app.example/path?x=1, false",
    "https://app.example/path, http://app.example/path, false",
    "https://app.example/path, https://app.example/path#fragment, false",
    "https://app.example/path, not a uri, false",
    "http://127.0.0.1/path, http://127.0.0.1:1234/path, true",
    "http://127.0.0.1:8080/path, http://127.0.0.1:1234/path, true",
    "http://[::1]/path, http://[::1]:1234/path, true",
    "http://127.0.0.1/path, http://127.0.0.1:1234/other, false",
    "http://127.0.0.1/path, http://localhost:1234/path, false",
    "http://localhost:8080/path, http://localhost:1234/path, false",
  })
  void isMatchedExactlyButForTheLoopbackPort(String registered, String asked, boolean accepted) {
    assertThat(isSentTo(App.oauth("client-1", "secret-1", "App", registered), asked))
        .isEqualTo(accepted);
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.com/path, true",
    "http://example.com/path/subdir/other, true",
    "http://oauth.example.com/path, true",
    "http://oauth.example.com/path/x, true",
    "http://example.com/bar, false",
    "http://example.com/, false",
    "http://example.com/pathology, false",
    "http://example.com/path/../bar, false",
    "http://example.com/path/%2e%2e/bar, false",
    "http://example.com:8080/path, false",
    "http://oauth.example.com:8080/path, false",
    "http://example.org, false",
    "http://evilexample.com/path, false",
    "http://example.com@evil.example/path, false",
    "http://example.com/path/\u65e5\u672c, false",
    "mailto:somebody@example.com, false",
  })
  void isMatchedWithWhatIsBelowItWhenWild(String asked, boolean accepted) {
    App app = App.oauth("client-1", "secret-1", "App", "http://example.com/path");

    assertThat(isSentTo(app.withWildcards(), asked)).isEqualTo(accepted);
  }

  private static boolean isSentTo(App app, String redirectUri) {
    var reply = FakeGitHub.approving(app).authorize("redirect_uri", redirectUri);
    return FakeBrowser.location(reply).startsWith(redirectUri)
        && FakeBrowser.callback(reply).values().containsKey(SENT);
  }
}
