package dev.ostiary.authorization.authorize.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.FakeBrowser;
import dev.ostiary.authorization.FakeSignIn;
import dev.ostiary.authorization.SampleClient;
import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.http.Reply;
import dev.ostiary.requirements.Requirement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentEndpointTest {
  private final FakeSignIn server = FakeSignIn.local();
  private final FakeBrowser browser = server.browser();

  private static Map<String, String> filledIn(Reply page, String decision) {
    Map<String, String> form = FakeBrowser.form(page);
    form.put("decision", decision);
    return form;
  }

  private void assertForbidden(Reply reply) {
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.headers().has("Location")).isFalse();
    assertThat(reply.headers().has("Set-Cookie")).isFalse();
    assertThat(server.audit)
        .isNotEmpty()
        .allSatisfy(
            event ->
                assertThat(event)
                    .isInstanceOfSatisfying(
                        AuditEvent.AuthorizeRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo("form-foreign")));
    assertThat(server.github.requests).isEmpty();
  }

  @Nested
  class ThePage {
    @Test
    @Requirement({"A-45", "A-53", "R-44"})
    void saysWhoAsksForWhatAndWhereTheAnswerGoes() {
      String html = FakeBrowser.html(server.ask(browser));
      assertThat(html)
          .contains("<q>Sample local</q>")
          .contains("Nobody has checked it")
          .contains("<p class=\"place\">127.0.0.1</p>")
          .contains(FakeSignIn.LOOPBACK)
          .contains("Read your profile <code>read:user</code>")
          .contains("http://127.0.0.1:8080/github/mcp")
          .contains("Requested from GitHub: <code>read:user read:org</code>")
          .contains("You sign in with GitHub.");
    }

    @Test
    @Requirement("A-46")
    void warnsWhenTheAnswerOnlyGoesToThisComputer() {
      assertThat(FakeBrowser.html(server.ask(browser)))
          .contains("class=\"warning\">Any program on this computer");
      Reply site = browser.get(FakeSignIn.authorize(FakeSignIn.request("site", FakeSignIn.SITE)));
      assertThat(FakeBrowser.html(site))
          .contains("<p class=\"place\">app.example.net</p>")
          .doesNotContain("class=\"warning\"");
    }

    @Test
    @Requirement("A-59")
    void setsOneCookieForTheFormAndNoneForASignIn() {
      Reply page = server.ask(browser);
      assertThat(page.headers().all("Set-Cookie"))
          .singleElement()
          .asString()
          .startsWith("ostiary-8080-csrf-")
          .endsWith("; HttpOnly; SameSite=Lax");
    }

    @Test
    @Requirement("A-56")
    void setsAHostCookieOverHttps() {
      FakeSignIn secure = FakeSignIn.secure();
      Reply page =
          secure.browser().get(FakeSignIn.authorize(FakeSignIn.request("site", FakeSignIn.SITE)));
      assertThat(page.headers().all("Set-Cookie"))
          .singleElement()
          .asString()
          .startsWith("__Host-ostiary-csrf-")
          .contains("; Path=/; ", "; Secure; HttpOnly; SameSite=Lax")
          .doesNotContain("Domain");
    }

    @Test
    @Requirement({"A-55", "R-24"})
    void cannotBeFramedAndLetsItsFormBeRedirected() {
      Reply page = server.ask(browser);
      assertThat(page.headers().first("X-Frame-Options")).contains("DENY");
      assertThat(page.headers().first("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "frame-ancestors 'none'")
          .doesNotContain("form-action");
      assertThat(page.headers().first("Cache-Control")).contains("no-store");
    }

    @Test
    void saysWhoSignedInBefore() {
      server.signIn(browser);
      assertThat(FakeBrowser.html(server.ask(browser)))
          .contains("You last signed in here as octocat");
    }

    @Test
    void forgetsASessionThatIsOver() {
      server.signIn(browser);
      server.time.pass(Duration.ofHours(8));
      assertThat(FakeBrowser.html(server.ask(browser))).doesNotContain("octocat");
    }
  }

  @Nested
  class AForm {
    @Test
    @Requirement("A-54")
    void withoutItsProofIsForbidden() {
      Map<String, String> form = filledIn(server.ask(browser), "approve");
      form.remove("csrf");
      assertForbidden(browser.post("/consent", form));
    }

    @Test
    @Requirement("A-54")
    void withoutItsCookieIsForbidden() {
      Map<String, String> form = filledIn(server.ask(browser), "approve");
      assertForbidden(server.browser().post("/consent", form));
    }

    @Test
    @Requirement({"A-54", "A-56"})
    void ofAnotherBrowserIsForbidden() {
      Map<String, String> theirs = filledIn(server.ask(server.browser()), "approve");
      server.ask(browser);
      assertForbidden(browser.post("/consent", theirs));
    }

    @Test
    @Requirement("A-56")
    void withAChangedCookieIsForbidden() {
      Map<String, String> form = filledIn(server.ask(browser), "approve");
      browser.cookies.replaceAll((_, value) -> value + "x");
      assertForbidden(browser.post("/consent", form));
    }

    @Test
    void withItsCookieTwiceIsForbidden() {
      Map<String, String> form = filledIn(server.ask(browser), "approve");
      String twice = browser.cookieHeader() + "; " + browser.cookieHeader();
      assertForbidden(browser.post("/consent", form, "Cookie", twice));
    }

    @Test
    @Requirement({"A-52", "A-56"})
    void ofOneClientCannotCarryTheRequestOfAnother() {
      Reply trusted = server.ask(browser);
      Reply other = browser.get(FakeSignIn.authorize(FakeSignIn.request("site", FakeSignIn.SITE)));
      Map<String, String> mixed = filledIn(trusted, "approve");
      mixed.put("request", FakeBrowser.form(other).getOrDefault("request", ""));
      assertForbidden(browser.post("/consent", mixed));
    }

    @Test
    void withAChangedRequestIsForbidden() {
      Map<String, String> form = filledIn(server.ask(browser), "approve");
      byte[] sealed = Base64.getUrlDecoder().decode(form.getOrDefault("request", ""));
      sealed[sealed.length - 1] ^= 1;
      form.put("request", Base64.getUrlEncoder().withoutPadding().encodeToString(sealed));
      assertForbidden(browser.post("/consent", form));
      form.put("request", "!");
      assertForbidden(browser.post("/consent", form));
    }

    @ParameterizedTest
    @Requirement("A-54")
    @ValueSource(strings = {"https://evil.example", "null", "http://127.0.0.1:8081"})
    void fromAnotherOriginIsForbidden(String origin) {
      Map<String, String> form = filledIn(server.ask(browser), "approve");
      assertForbidden(browser.post("/consent", form, "Origin", origin));
    }

    @ParameterizedTest
    @Requirement("A-54")
    @ValueSource(strings = {"cross-site", "same-site"})
    void fromAnotherSiteIsForbidden(String site) {
      Map<String, String> form = filledIn(server.ask(browser), "approve");
      assertForbidden(browser.post("/consent", form, "Sec-Fetch-Site", site));
    }

    @Test
    void fromOurOwnPageIsTaken() {
      Map<String, String> form = filledIn(server.ask(browser), "approve");
      Reply reply =
          browser.post(
              "/consent", form, "Origin", "http://127.0.0.1:8080", "Sec-Fetch-Site", "same-origin");
      assertThat(reply.status()).isEqualTo(303);
    }

    @Test
    void thatComesTooLateTellsTheClientThatNobodyAnswered() {
      Map<String, String> request = FakeSignIn.request("site", FakeSignIn.SITE);
      Reply page = browser.get(FakeSignIn.authorize(request));
      server.time.pass(Duration.ofMinutes(10));
      Reply reply = browser.post("/consent", filledIn(page, "approve"));
      assertThat(reply.status()).isEqualTo(303);
      assertThat(FakeBrowser.location(reply)).startsWith(FakeSignIn.SITE + "?");
      assertThat(FakeBrowser.answer(reply))
          .containsEntry("error", "access_denied")
          .containsEntry("error_description", "The user did not respond in time.")
          .containsEntry("state", FakeSignIn.STATE)
          .containsEntry("iss", "http://127.0.0.1:8080");
      assertThat(server.github.requests).isEmpty();
      assertThat(server.audited(AuditEvent.ConsentGiven.class)).isEmpty();
    }

    /** Else a browser has forgotten by then that it was asked. */
    @Test
    void hasACookieThatOutlivesTheForm() {
      assertThat(server.ask(browser).headers().all("Set-Cookie"))
          .singleElement()
          .satisfies(cookie -> assertThat(cookie).contains("Max-Age=" + (24 * 60 * 60 + 600)));
    }

    @Test
    void withoutADecisionIsIncomplete() {
      Reply reply = browser.post("/consent", FakeBrowser.form(server.ask(browser)));
      assertThat(reply.status()).isEqualTo(400);
      assertThat(server.github.requests).isEmpty();
    }

    @Test
    void isOneOfSeveralThatAreOpenAtOnce() {
      List<Reply> pages = List.of(server.ask(browser), server.ask(browser), server.ask(browser));
      for (Reply page : pages) {
        assertThat(server.decide(browser, page, "approve").status()).isEqualTo(303);
      }
    }
  }

  @Nested
  class Denying {
    @Test
    @Requirement({"R-5", "R-8", "A-31"})
    void tellsTheClientAtOnce() {
      Reply page = browser.get(FakeSignIn.authorize(FakeSignIn.request("site", FakeSignIn.SITE)));
      Reply reply = server.decide(browser, page, "deny");
      assertThat(reply.status()).isEqualTo(303);
      assertThat(FakeBrowser.location(reply)).startsWith(FakeSignIn.SITE + "?");
      assertThat(FakeBrowser.answer(reply))
          .containsEntry("error", "access_denied")
          .containsEntry("state", FakeSignIn.STATE)
          .containsEntry("iss", "http://127.0.0.1:8080");
      assertThat(server.audited(AuditEvent.ConsentDenied.class)).hasSize(1);
      assertThat(server.github.requests).isEmpty();
    }

    @Test
    void leavesOutAStateThatWasNotSent() {
      Map<String, String> request = FakeSignIn.request("local", FakeSignIn.LOOPBACK);
      request.remove("state");
      Reply reply = server.decide(browser, browser.get(FakeSignIn.authorize(request)), "deny");
      assertThat(FakeBrowser.answer(reply)).doesNotContainKey("state");
    }
  }

  @Nested
  class Approving {
    @Test
    @Requirement({"A-51", "A-59", "R-8"})
    void sendsTheBrowserToTheUpstreamWithAFreshCookie() {
      Reply reply = server.decide(browser, server.ask(browser), "approve");
      assertThat(reply.status()).isEqualTo(303);
      assertThat(FakeBrowser.location(reply)).startsWith("https://github.example/authorize?");
      assertThat(reply.headers().all("Set-Cookie"))
          .singleElement()
          .asString()
          .startsWith("ostiary-8080-sign-in-");
      assertThat(server.audited(AuditEvent.ConsentGiven.class))
          .singleElement()
          .satisfies(given -> assertThat(given.redirectHost()).isEqualTo("127.0.0.1"));
    }

    @Test
    @Requirement("A-58")
    void usesAStateAndAChallengeOnce() {
      String first = server.approve(browser, server.ask(browser));
      String second = server.approve(browser, server.ask(browser));
      assertThat(first).hasSize(43).isNotEqualTo(second);
      assertThat(server.github.requests)
          .extracting(each -> each.codeChallenge().value())
          .doesNotHaveDuplicates();
    }

    @Test
    void asksTheUpstreamForWhatTheScopesNeed() {
      server.approve(browser, server.ask(browser));
      assertThat(server.github.requests.getFirst().scopes().toWire())
          .isEqualTo("read:user read:org");
      assertThat(server.github.requests.getFirst().redirectUri())
          .hasToString("http://127.0.0.1:8080/callback");
    }

    @Test
    void isNotDoneByASession() {
      server.signIn(browser);
      Reply page = server.ask(browser);
      assertThat(page.status()).isEqualTo(200);
      Map<String, String> form = filledIn(page, "approve");
      form.remove("csrf");
      assertThat(browser.post("/consent", form).status()).isEqualTo(403);
      assertThat(server.github.requests).hasSize(1);
    }

    @Test
    void letsTwentyFourSignInsBeOpenAndDropsTheOldest() {
      for (int i = 0; i < 26; i++) {
        server.approve(browser, server.ask(browser));
        server.time.pass(Duration.ofSeconds(1));
      }
      assertThat(browser.cookies.keySet())
          .filteredOn(name -> name.contains("-sign-in-"))
          .hasSize(24);
      List<String> states =
          server.github.requests.stream().map(each -> each.state().reveal()).toList();
      assertThat(browser.get(FakeSignIn.callback(states.get(1))).status()).isEqualTo(400);
      assertThat(browser.get(FakeSignIn.callback(states.get(2))).status()).isEqualTo(303);
    }
  }

  @Test
  void choosingAnotherAccountAsksAgainAndEndsTheSession() {
    server.signIn(browser);
    Reply again = server.decide(browser, server.ask(browser), "switch");
    assertThat(again.status()).isEqualTo(200);
    assertThat(FakeBrowser.html(again)).doesNotContain("octocat");
    assertThat(browser.cookies).doesNotContainKey("ostiary-8080-session");
    server.approve(browser, again);
    assertThat(server.github.requests.getLast().selectAccount()).isTrue();
  }

  @Nested
  class WithSeveralServers {
    private final FakeSignIn two = FakeSignIn.withTwoServers();
    private final FakeBrowser tab = two.browser();

    @Test
    void theChoiceOnThePageDecides() {
      Reply page = two.ask(tab);
      assertThat(FakeBrowser.html(page)).contains("The github server", "The other server");
      Map<String, String> form = filledIn(page, "approve");
      form.put("resource", "http://127.0.0.1:8080/other/mcp");
      Reply reply = tab.post("/consent", form);
      assertThat(FakeBrowser.location(reply)).startsWith("https://github.example/");
      assertThat(two.audited(AuditEvent.ConsentGiven.class))
          .singleElement()
          .satisfies(
              given -> assertThat(given.resource()).hasToString("http://127.0.0.1:8080/other/mcp"));
    }

    @Test
    void noChoiceIsNoApproval() {
      Reply reply = two.decide(tab, two.ask(tab), "approve");
      assertThat(reply.status()).isEqualTo(400);
      assertThat(two.github.requests).isEmpty();
    }

    @Test
    void whatWasNotAskedCannotBeChosen() {
      Map<String, String> request = FakeSignIn.request("local", FakeSignIn.LOOPBACK);
      request.put("resource", "http://127.0.0.1:8080/github/mcp");
      Map<String, String> form = filledIn(tab.get(FakeSignIn.authorize(request)), "approve");
      form.put("resource", "http://127.0.0.1:8080/other/mcp");
      assertThat(FakeBrowser.location(tab.post("/consent", form)))
          .startsWith("https://github.example/");
      assertThat(two.audited(AuditEvent.ConsentGiven.class))
          .singleElement()
          .satisfies(
              given ->
                  assertThat(given.resource()).hasToString("http://127.0.0.1:8080/github/mcp"));
    }

    @Test
    void denyingNeedsNoChoice() {
      assertThat(two.decide(tab, two.ask(tab), "deny").status()).isEqualTo(303);
    }
  }

  @Test
  void showsAClientNameAsTextWithoutWhatHidesOrTurnsIt() {
    server.register(
        SampleClient.named("odd", "<b>Bank\u202egnp.exe\u0000</b>", null, FakeSignIn.LOOPBACK));
    Reply page = browser.get(FakeSignIn.authorize(FakeSignIn.request("odd", FakeSignIn.LOOPBACK)));
    assertThat(FakeBrowser.html(page))
        .contains("<q>&lt;b&gt;Bankgnp.exe&lt;/b&gt;</q>")
        .doesNotContain("<b>", "\u202e");
  }
}
