package dev.ostiary.authorization.authorize.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.FakeBrowser;
import dev.ostiary.authorization.FakeSignIn;
import dev.ostiary.http.Reply;
import dev.ostiary.requirements.Requirement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalHostTest {
  private final FakeSignIn server = FakeSignIn.local();
  private final FakeBrowser stray = new FakeBrowser(server.endpoints, "localhost:8080");

  @ParameterizedTest
  @ValueSource(strings = {"/authorize?client_id=local&state=a%26b", "/callback?state=x&code=y"})
  void namesTheRightAddressAndKeepsPathAndQuery(String request) {
    Reply reply = stray.get(request);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(FakeBrowser.html(reply))
        .contains("href=\"http://127.0.0.1:8080" + request.replace("&", "&amp;") + "\"");
    assertThat(reply.headers().has("Set-Cookie")).isFalse();
  }

  @Test
  void hasNoLinkForAForm() {
    String html = FakeBrowser.html(stray.post("/consent", Map.of("decision", "approve")));
    assertThat(html).contains("start again at that address").doesNotContain("href=\"http:");
  }

  @Test
  void leavesPublicNamesToTheProxyInFront() {
    FakeSignIn secure = FakeSignIn.secure();
    FakeBrowser proxied = new FakeBrowser(secure.endpoints, "127.0.0.1:8080");
    assertThat(secure.ask(proxied).status()).isEqualTo(200);
  }

  @Test
  @Requirement("A-56")
  void cookiesOfTwoServersOnOneMachineDoNotMeet() {
    assertThat(CookieRules.of(server.issuer).name("session")).isEqualTo("ostiary-8080-session");
    assertThat(CookieRules.of(FakeSignIn.secure().issuer).name("session"))
        .isEqualTo("__Host-ostiary-session");
  }

  @Test
  @Requirement("A-80")
  void aSessionOfASignInReplacesTheOneBefore() {
    FakeBrowser browser = server.browser();
    server.signIn(browser);
    String before = browser.cookieHeader();
    server.github.userName = "hubot";
    server.signIn(browser);
    assertThat(FakeBrowser.html(server.ask(browser))).contains("hubot");
    FakeBrowser old = server.browser();
    String page =
        FakeBrowser.html(
            old.get(
                FakeSignIn.authorize(FakeSignIn.request("local", FakeSignIn.LOOPBACK)),
                "Cookie",
                before));
    assertThat(page).doesNotContain("octocat", "hubot");
  }
}
