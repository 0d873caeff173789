package dev.ostiary.authorization.authorize.signout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.FakeBrowser;
import dev.ostiary.authorization.FakeSignIn;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Secret;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignOutEndpointTest {
  private static final String HERE = "http://127.0.0.1:8080/sign-out";

  private final FakeSignIn server = FakeSignIn.local();
  private final FakeBrowser browser = server.browser();

  @Test
  void endsTheSessionOfTheBrowser() {
    server.signIn(browser);
    assertThat(FakeBrowser.html(browser.get("/sign-out")))
        .contains("as octocat in this browser", "<form method=\"post\" action=\"/sign-out\">");

    Reply reply = browser.post("/sign-out", Map.of());

    assertThat(reply.status()).isEqualTo(303);
    assertThat(FakeBrowser.location(reply)).isEqualTo(HERE);
    assertThat(browser.cookies).doesNotContainKey("ostiary-8080-session");
    assertThat(FakeBrowser.html(browser.get("/sign-out")))
        .contains("You are not signed in")
        .doesNotContain("<form");
    assertThat(FakeBrowser.html(server.ask(browser))).doesNotContain("octocat");
  }

  /** OpenID Connect RP-Initiated Logout 1.0 §2: with the ID token as a hint. */
  @Test
  void endsItAtTheUpstreamAsWell() {
    server.github.idToken = new Secret("id-token-of-octocat");
    server.signIn(browser);

    Reply reply = browser.post("/sign-out", Map.of());

    assertThat(FakeBrowser.location(reply)).isEqualTo("https://github.example/sign-out?to=" + HERE);
    assertThat(server.github.signedOut).containsExactly("id-token-of-octocat");
  }

  @Test
  void takesNoFormOfAnotherSiteAndNoLink() {
    server.signIn(browser);

    assertThat(browser.post("/sign-out", Map.of(), "Origin", "https://evil.example").status())
        .isEqualTo(403);
    assertThat(browser.get("/sign-out").status()).isEqualTo(200);
    assertThat(browser.cookies).containsKey("ostiary-8080-session");
  }

  @Test
  void isHarmlessWithoutASession() {
    assertThat(FakeBrowser.location(browser.post("/sign-out", Map.of()))).isEqualTo(HERE);
    assertThat(server.github.signedOut).isEmpty();
  }
}
