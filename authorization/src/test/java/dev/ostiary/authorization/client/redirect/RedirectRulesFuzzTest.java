package dev.ostiary.authorization.client.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.WireError;
import dev.ostiary.protocol.registration.ClientMetadata;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.provider.ValueSource;

/** Any text as a redirect URI. */
final class RedirectRulesFuzzTest {
  @ValueSource(
      strings = {
        "",
        "https://a.example/cb?x=%2F",
        "https://a.example",
        "http://127.0.0.1:3000/cb",
        "http://[::1]/cb",
        "http://localhost.evil.example/",
        "cursor://anysphere.cursor-mcp/oauth/callback",
        "com.example.app:/cb",
        "com.example.app:///cb?",
        "javascript:alert(1)",
        "https://a.example\\@evil.example/",
        "https://a.example/%2e%2e/",
        "https://u@a.example/",
        "https://xn--bcher-kva.example/",
        "https://b\u00fccher.example/"
      })
  @FuzzTest
  void isSafeToShowAndToFollowOrRefused(@NotNull String text) {
    switch (RedirectRules.check(text)) {
      case Result.Refused(RedirectRules.Refusal refusal) ->
          new WireError(OAuthError.INVALID_REDIRECT_URI, refusal.text());
      case Result.Ok(RedirectUri uri) -> {
        assertThat(uri.value()).isEqualTo(text).doesNotContainPattern("[^!-~]|[#*\\\\\"<>^`{|}]");
        checkScheme(URI.create(text));
        checkPlace(RedirectTarget.of(uri), URI.create(text));
        checkAnswer(text);
      }
    }
  }

  private static void checkScheme(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    assertThat(scheme).isNotIn("javascript", "data", "vbscript", "file", "blob", "about");
    assertThat(uri.getRawUserInfo()).isNull();
    if (scheme.equals("http")) {
      assertThat(uri.getHost().toLowerCase(Locale.ROOT)).matches("localhost|127[0-9.]+|\\[::1]");
    }
    if (scheme.equals("https")) {
      assertThat(uri.getHost()).isNotEmpty();
    }
  }

  /** People are shown where the browser will go. */
  private static void checkPlace(RedirectTarget place, URI uri) {
    assertThat(place.name()).matches("[!-~]+");
    assertThat(uri.toString()).contains(place.name());
  }

  /** The answer goes to the same place and carries what it was given. */
  private static void checkAnswer(String text) {
    String answer =
        ValidatedRedirect.match(client(text), text)
            .orElseThrow()
            .withParameters(Map.of("code", "a b&c"));
    URI from = URI.create(text);
    URI to = URI.create(answer);
    assertThat(answer).startsWith(text).endsWith("code=a%20b%26c");
    assertThat(to.getScheme()).isEqualTo(from.getScheme());
    assertThat(to.getRawAuthority()).isEqualTo(from.getRawAuthority());
    assertThat(to.getRawPath()).isEqualTo(from.getRawPath());
  }

  private static ClientMetadata client(String redirectUri) {
    return new ClientMetadata(
        null,
        List.of(new RedirectUri(redirectUri)),
        "none",
        List.of("authorization_code"),
        List.of("code"),
        null,
        null,
        Map.of());
  }
}
