package dev.ostiary.authorization.authorize.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.FakeBrowser;
import dev.ostiary.authorization.FakeSignIn;
import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.http.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpstreamChoiceTest {
  private static final String COOKIE = "__Host-ostiary-upstream";
  private static final String BOTH = "https://mcp.example.com/both/mcp";

  private final FakeSignIn server = FakeSignIn.withTwoUpstreams();
  private final FakeBrowser browser = server.browser();
  private final Map<String, String> request = FakeSignIn.request("site", FakeSignIn.SITE);

  UpstreamChoiceTest() {
    request.put("resource", BOTH);
  }

  private Reply ask() {
    return browser.get(FakeSignIn.authorize(request));
  }

  private Reply choose(Reply page, String upstream) {
    Map<String, String> form = FakeBrowser.form(page);
    form.put("decision", "choose");
    form.put("upstream", upstream);
    return browser.post("/consent", form);
  }

  /** The whole journey, from the consent page on; the answer to the client. */
  private Reply finish(Reply consent, String upstream) {
    String state = server.approve(browser, consent);
    String callback = FakeSignIn.callback(state);
    return browser.get(
        upstream.equals("github")
            ? callback
            : callback.replace("/callback?", "/callback/" + upstream + "?"));
  }

  private static void assertChooser(Reply page) {
    assertThat(page.status()).isEqualTo(200);
    assertThat(FakeBrowser.html(page))
        .contains("Choose how to sign in", "value=\"github\"", "value=\"corporate\"");
  }

  private static void assertConsent(Reply page, String title) {
    assertThat(page.status()).isEqualTo(200);
    assertThat(FakeBrowser.html(page))
        .contains("You sign in with " + title + ".", "An app asks for access");
  }

  @Test
  void thePersonChoosesWhereToSignIn() {
    Reply page = ask();
    assertChooser(page);
    assertThat(server.audit).isEmpty();

    Reply consent = choose(page, "corporate");
    assertConsent(consent, "Corporate");
    assertThat(FakeBrowser.answer(finish(consent, "corporate"))).containsKey("code");
    assertThat(server.audited(AuditEvent.GrantCreated.class))
        .singleElement()
        .satisfies(grant -> assertThat(grant.subject()).hasToString("corporate:583231"));
    assertThat(server.corporate.requests.getFirst().redirectUri())
        .hasToString("https://mcp.example.com/callback/corporate");
    assertThat(server.github.requests).isEmpty();
  }

  @Test
  void aServerMayTakeUsersOfOneOnly() {
    request.put("resource", "https://mcp.example.com/staff/mcp");
    assertConsent(ask(), "Corporate");
    assertThat(FakeBrowser.html(ask())).doesNotContain("Sign in another way");
  }

  @Test
  void theChoiceIsRememberedAndCanBeChanged() {
    Reply first = choose(ask(), "github");
    assertThat(browser.cookies).containsEntry(COOKIE, "github");
    assertThat(first.headers().all("Set-Cookie"))
        .anySatisfy(
            cookie ->
                assertThat(cookie)
                    .startsWith(COOKIE + "=github; Path=/; ")
                    .contains("Secure; HttpOnly; SameSite=Lax"));

    Reply consent = ask();
    assertConsent(consent, "GitHub");
    assertThat(FakeBrowser.html(consent)).contains("Sign in another way");
    Reply chooser = server.decide(browser, consent, "elsewhere");
    assertChooser(chooser);
    assertConsent(choose(chooser, "corporate"), "Corporate");
    assertThat(browser.cookies).containsEntry(COOKIE, "corporate");
  }

  @Test
  void aCookieThatNamesNoUpstreamOfTheServerIsIgnored() {
    browser.cookies.put(COOKIE, "elsewhere");
    assertChooser(ask());
    request.put("resource", "https://mcp.example.com/staff/mcp");
    browser.cookies.put(COOKIE, "github");
    assertConsent(ask(), "Corporate");
  }

  @Test
  void whoHasSignedInSignsInThereAgain() {
    finish(choose(ask(), "corporate"), "corporate");
    browser.cookies.put(COOKIE, "github");
    request.put("scope", "read:user repo");

    Reply consent = ask();
    assertConsent(consent, "Corporate");
    assertThat(FakeBrowser.html(consent)).contains("You last signed in here as octocat.");
    assertChooser(server.decide(browser, consent, "switch"));
  }

  @Test
  void theSessionOfAnotherUpstreamSparesNothingAndIsNotShown() {
    finish(choose(ask(), "github"), "github");
    request.put("resource", "https://mcp.example.com/staff/mcp");

    Reply consent = ask();
    assertConsent(consent, "Corporate");
    assertThat(FakeBrowser.html(consent)).doesNotContain("You last signed in here");
    request.put("prompt", "none");
    assertThat(FakeBrowser.answer(ask())).containsEntry("error", "login_required");
  }

  @Test
  void anApprovalCountsForTheUserWhoGaveIt() {
    finish(choose(ask(), "corporate"), "corporate");
    assertThat(FakeBrowser.location(ask())).startsWith("https://corporate.example/");
  }

  @Test
  void withoutAPageTheClientIsTold() {
    request.put("prompt", "none");
    assertThat(FakeBrowser.html(ask())).contains("login_required");
  }

  @Test
  void whatTheServerDoesNotTakeCannotBeChosen() {
    request.put("resource", "https://mcp.example.com/staff/mcp");
    Reply reply = choose(ask(), "github");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(choose(ask(), "").status()).isEqualTo(400);
  }

  @Test
  void nothingIsApprovedBeforeAChoice() {
    assertThat(server.decide(browser, ask(), "approve").status()).isEqualTo(400);
    assertThat(server.github.requests).isEmpty();
    assertThat(server.corporate.requests).isEmpty();
  }

  @Test
  void thePersonMayCancel() {
    assertThat(FakeBrowser.answer(server.decide(browser, ask(), "deny")))
        .containsEntry("error", "access_denied");
  }

  /** A request that names no server is for one of those that take users of the chosen upstream. */
  @Test
  void theChoiceNarrowsTheServers() {
    request.remove("resource");
    Reply page = ask();
    assertThat(FakeBrowser.html(choose(page, "github")))
        .contains("The both server")
        .doesNotContain("The staff server");
    assertThat(FakeBrowser.html(choose(page, "corporate")))
        .contains("The both server", "The staff server");
  }
}
