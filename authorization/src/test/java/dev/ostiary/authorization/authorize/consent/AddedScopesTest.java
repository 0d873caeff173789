package dev.ostiary.authorization.authorize.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.FakeBrowser;
import dev.ostiary.authorization.FakeSignIn;
import dev.ostiary.authorization.hash.CodeHash;
import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Scopes;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the page says to somebody whose client wants more than it has. */
class AddedScopesTest {
  private static final String MARK = "<strong class=\"added\">";

  private final FakeSignIn server = FakeSignIn.local();
  private final FakeBrowser browser = server.browser();

  private Reply ask(FakeBrowser from, String client, String redirectUri, String scope) {
    Map<String, String> request = FakeSignIn.request(client, redirectUri);
    request.put("scope", scope);
    return from.get(FakeSignIn.authorize(request));
  }

  private Reply ask(String scope) {
    return ask(browser, "local", FakeSignIn.LOOPBACK, scope);
  }

  /** Signs in for these scopes, as far as tokens. */
  private Grant granted(String scope) {
    Reply answer = browser.get(FakeSignIn.callback(server.approve(browser, ask(scope))));
    String code = FakeBrowser.answer(answer).getOrDefault("code", "");
    Grant grant = server.store.grants().find(CodeHash.of(code)).orElseThrow().grant();
    server
        .store
        .grants()
        .redeem(
            CodeHash.of(code),
            RefreshHash.of("of " + code),
            Duration.ofDays(30),
            server.time.instant());
    return grant;
  }

  private static boolean isMarked(Reply page, String scope) {
    String html = FakeBrowser.html(page);
    int end = html.indexOf("<code>" + scope + "</code>");
    return html.substring(html.lastIndexOf("<div>", end), end).contains(MARK);
  }

  @Test
  void marksWhatTheClientDoesNotHaveYetAndNothingElse() {
    granted("read:user");
    Reply page = ask("read:user repo");

    assertThat(isMarked(page, "repo")).isTrue();
    assertThat(isMarked(page, "read:user")).isFalse();
    assertThat(FakeBrowser.html(page)).contains("New permissions are marked.");
  }

  @Test
  void marksNothingAtTheFirstTimeNorWhenNothingIsNew() {
    assertThat(FakeBrowser.html(ask("read:user repo"))).doesNotContain(MARK);
    granted("read:user repo");

    assertThat(FakeBrowser.html(ask("repo"))).doesNotContain(MARK).doesNotContain("is marked");
  }

  @Test
  void looksAtTheGrantsOfThisPersonAndThisClientOnly() {
    granted("read:user");

    assertThat(FakeBrowser.html(ask(server.browser(), "local", FakeSignIn.LOOPBACK, "repo")))
        .doesNotContain(MARK);
    assertThat(FakeBrowser.html(ask(browser, "site", FakeSignIn.SITE, "repo")))
        .doesNotContain(MARK);
  }

  @Test
  void looksAtGrantsInForceOnly() {
    Grant grant = granted("read:user");
    server.store.grants().end(grant.id(), EndReason.REVOKED, server.time.instant());

    assertThat(FakeBrowser.html(ask("read:user repo"))).doesNotContain(MARK);
  }

  @Test
  void grantsExactlyWhatWasApprovedAndNotWhatWasThereBefore() {
    Grant first = granted("read:user");
    Grant second = granted("repo");

    assertThat(second.scopes()).isEqualTo(Scopes.of("repo"));
    assertThat(server.store.grants().find(first.id(), server.time.instant())).contains(first);
  }

  @Test
  void saysItInJapaneseToo() {
    granted("read:user");
    Map<String, String> request = FakeSignIn.request("local", FakeSignIn.LOOPBACK);
    request.put("scope", "repo");
    Reply page = browser.get(FakeSignIn.authorize(request), "Accept-Language", "ja");

    assertThat(FakeBrowser.html(page)).contains(MARK + "新規</strong>");
  }
}
