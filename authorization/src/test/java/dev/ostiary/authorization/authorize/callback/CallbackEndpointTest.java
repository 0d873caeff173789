package dev.ostiary.authorization.authorize.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.FakeBrowser;
import dev.ostiary.authorization.FakeSignIn;
import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.hash.CodeHash;
import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.requirements.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CallbackEndpointTest {
  private final FakeSignIn server = FakeSignIn.local();
  private final FakeBrowser browser = server.browser();

  private AuthorizationCode code(Reply answer) {
    String code = FakeBrowser.answer(answer).getOrDefault("code", "");
    return server.store.grants().find(CodeHash.of(code)).orElseThrow();
  }

  private void assertForeign(Reply reply) {
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.headers().has("Location")).isFalse();
    assertThat(FakeBrowser.html(reply)).contains("This sign-in expired or was started elsewhere");
    assertThat(server.audited(AuditEvent.CallbackRefused.class)).isNotEmpty();
  }

  @Nested
  class AFinishedSignIn {
    @Test
    @Requirement({"R-5", "R-8", "A-31"})
    void sendsCodeStateAndIssuerToTheClient() {
      Reply reply = server.signIn(browser);
      assertThat(reply.status()).isEqualTo(303);
      assertThat(FakeBrowser.location(reply)).startsWith(FakeSignIn.LOOPBACK + "?code=");
      assertThat(FakeBrowser.answer(reply).keySet()).containsExactly("code", "state", "iss");
      assertThat(FakeBrowser.answer(reply))
          .containsEntry("state", FakeSignIn.STATE)
          .containsEntry("iss", "http://127.0.0.1:8080");
      assertThat(reply.headers().first("Cache-Control")).contains("no-store");
    }

    @Test
    @Requirement({"R-9", "A-35"})
    void bindsTheCodeToEverythingTheUserApproved() {
      AuthorizationCode code = code(server.signIn(browser));
      assertThat(code.redirectUri().value()).isEqualTo(FakeSignIn.LOOPBACK);
      assertThat(code.codeChallenge()).isEqualTo(FakeSignIn.VERIFIER.challenge());
      assertThat(code.expiresAt()).isEqualTo(server.time.instant().plusSeconds(60));
      Grant grant = code.grant();
      assertThat(grant.client().value()).isEqualTo("local");
      assertThat(grant.subject().value()).isEqualTo("github:583231");
      assertThat(grant.userName()).isEqualTo("octocat");
      assertThat(grant.scopes()).isEqualTo(Scopes.of("read:user"));
      assertThat(grant.resource().value()).isEqualTo("http://127.0.0.1:8080/github/mcp");
      assertThat(grant.expiresAt()).isEqualTo(server.time.instant().plus(Duration.ofDays(365)));
    }

    @Test
    @Requirement({"A-63", "A-78", "A-34"})
    void keepsTheUpstreamTokenSealedAndToItself() {
      Reply reply = server.signIn(browser);
      Grant grant = code(reply).grant();
      var kept =
          server
              .store
              .upstreamTokens()
              .find(java.util.Objects.requireNonNull(grant.upstreamToken()))
              .orElseThrow();
      assertThat(kept.user()).isEqualTo("583231");
      assertThat(new String(kept.tokens().bytes(), java.nio.charset.StandardCharsets.ISO_8859_1))
          .doesNotContain("upstream-access");
      assertThat(reply.headers().fields().toString()).doesNotContain("upstream-access");
      assertThat(server.audit.toString()).doesNotContain("upstream-access");
    }

    @Test
    void leavesASessionAndABindingCookieForSecondsOnly() {
      Reply reply = server.signIn(browser);
      assertThat(browser.cookies.keySet())
          .filteredOn(name -> !name.contains("-csrf-") && !name.contains("-sign-in-"))
          .containsExactly("ostiary-8080-session");
      assertThat(reply.headers().all("Set-Cookie"))
          .anySatisfy(cookie -> assertThat(cookie).contains("-sign-in-", "Max-Age=10;"));
      assertThat(reply.headers().all("Set-Cookie"))
          .anySatisfy(cookie -> assertThat(cookie).contains("session=", "Max-Age=28800"));
    }

    @Test
    void recordsTheGrantWithoutAnySecret() {
      Reply reply = server.signIn(browser);
      assertThat(server.audited(AuditEvent.GrantCreated.class)).hasSize(1);
      assertThat(server.audit.toString())
          .doesNotContain(FakeBrowser.answer(reply).getOrDefault("code", ""))
          .doesNotContain(FakeSignIn.STATE);
    }

    @Test
    void revokesTheTokenThatItReplaces() {
      server.signIn(browser);
      server.signIn(browser);
      assertThat(server.github.revoked).containsExactly("upstream-access-1");
    }

    @Test
    void goesBackToAnySortOfRedirectOnceAPersonHasSignedIn() {
      FakeSignIn secure = FakeSignIn.secure();
      for (Map<String, String> request :
          List.of(
              FakeSignIn.request("site", FakeSignIn.SITE),
              FakeSignIn.request("program", FakeSignIn.PROGRAM),
              FakeSignIn.request("local", FakeSignIn.LOOPBACK))) {
        FakeBrowser one = secure.browser();
        String state = secure.approve(one, one.get(FakeSignIn.authorize(request)));
        assertThat(FakeBrowser.location(one.get(FakeSignIn.callback(state))))
            .startsWith(request.getOrDefault("redirect_uri", "-") + "?code=");
      }
    }

    @Test
    void leavesAPageBehindThatSaysWhereToGoAfterAnAnswerToAProgram() {
      String state =
          server.approve(
              browser,
              browser.get(FakeSignIn.authorize(FakeSignIn.request("program", FakeSignIn.PROGRAM))));
      Reply page = browser.get(FakeSignIn.callback(state));

      assertThat(page.status()).isEqualTo(200);
      assertThat(page.headers().has("Location")).isFalse();
      assertThat(page.headers().first("Refresh").orElseThrow())
          .startsWith("0;url=" + FakeSignIn.PROGRAM + "?code=");
      assertThat(FakeBrowser.html(page))
          .contains("Return to ", "href=\"" + FakeSignIn.PROGRAM + "?code=");
      assertThat(server.audited(AuditEvent.GrantCreated.class)).hasSize(1);
    }

    @Test
    void hasAVerifierThatFitsTheChallengeOfItsRequest() {
      server.signIn(browser);
      assertThat(server.github.callbacks.getFirst().verifier().challenge())
          .isEqualTo(server.github.requests.getFirst().codeChallenge());
    }
  }

  @Nested
  class ACallback {
    @Test
    @Requirement("A-60")
    void inAnotherBrowserGetsAPageAndUsesUpNothing() {
      String state = server.approve(browser, server.ask(browser));
      FakeBrowser other = server.browser();
      server.ask(other);
      assertForeign(other.get(FakeSignIn.callback(state)));
      assertThat(server.github.callbacks).isEmpty();
      assertThat(browser.get(FakeSignIn.callback(state)).status()).isEqualTo(303);
    }

    @Test
    @Requirement("A-60")
    void withTheBindingOfAnotherSignInGetsAPage() {
      String mine = server.approve(browser, server.ask(browser));
      FakeBrowser other = server.browser();
      server.approve(other, server.ask(other));
      String name =
          browser.cookies.keySet().stream()
              .filter(n -> n.contains("sign-in"))
              .findFirst()
              .orElseThrow();
      String foreign =
          other.cookies.entrySet().stream()
              .filter(cookie -> cookie.getKey().contains("sign-in"))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElseThrow();
      other.cookies.put(name, foreign);
      assertForeign(other.get(FakeSignIn.callback(mine)));
      assertThat(browser.get(FakeSignIn.callback(mine)).status()).isEqualTo(303);
    }

    @Test
    void withItsCookieTwiceGetsAPage() {
      String state = server.approve(browser, server.ask(browser));
      String twice = browser.cookieHeader() + "; " + browser.cookieHeader();
      assertForeign(browser.get(FakeSignIn.callback(state), "Cookie", twice));
    }

    @Test
    @Requirement("A-61")
    void againGetsTheSameAnswerForSecondsAndAPageAfterwards() {
      String state = server.approve(browser, server.ask(browser));
      Reply first = browser.get(FakeSignIn.callback(state));
      server.time.pass(Duration.ofSeconds(9));
      Reply again = browser.get(FakeSignIn.callback(state));
      server.time.pass(Duration.ofSeconds(1));
      Reply late = browser.get(FakeSignIn.callback(state));

      assertThat(FakeBrowser.location(again)).isEqualTo(FakeBrowser.location(first));
      assertForeign(late);
      assertThat(server.github.callbacks).hasSize(1);
      assertThat(server.audited(AuditEvent.GrantCreated.class)).hasSize(1);
    }

    @Test
    @Requirement("A-60")
    void againInAnotherBrowserGetsAPage() {
      String state = server.approve(browser, server.ask(browser));
      browser.get(FakeSignIn.callback(state));

      assertForeign(server.browser().get(FakeSignIn.callback(state)));
    }

    @Test
    @Requirement("A-61")
    void thatOnlyLooksAheadUsesUpNothing() {
      String state = server.approve(browser, server.ask(browser));

      browser.get(FakeSignIn.callback(state), "Sec-Purpose", "prefetch;prerender");
      browser.get(FakeSignIn.callback(state), "Purpose", "prefetch");
      browser.send(
          "HEAD", "/callback", FakeSignIn.callback(state).substring("/callback?".length()), "");

      assertThat(server.github.callbacks).isEmpty();
      assertThat(browser.get(FakeSignIn.callback(state)).status()).isEqualTo(303);
    }

    @Test
    void ofTheTwentyFourthTabBeforeStillCounts() {
      List<String> states = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        states.add(server.approve(browser, server.ask(browser)));
        server.time.pass(Duration.ofSeconds(1));
      }
      Reply lost = browser.get(FakeSignIn.callback(states.getFirst()));

      assertForeign(lost);
      assertThat(FakeBrowser.html(lost)).contains("more than 24 newer ones were started");
      assertThat(browser.get(FakeSignIn.callback(states.get(1))).status()).isEqualTo(303);
    }

    @Test
    @Requirement("A-61")
    void afterTenMinutesGetsAPage() {
      String state = server.approve(browser, server.ask(browser));
      server.time.pass(Duration.ofMinutes(10));
      assertForeign(browser.get(FakeSignIn.callback(state)));
    }

    @Test
    @Requirement("A-60")
    void withoutStateOrWithTwoGetsAPage() {
      String state = server.approve(browser, server.ask(browser));
      assertForeign(browser.get("/callback?code=x"));
      assertForeign(browser.get("/callback?code=x&state=" + state + "&state=" + state));
      assertForeign(browser.get("/callback?code=x&state=unknown"));
    }

    @Test
    @Requirement("A-61")
    void countsOnceHoweverManyComeAtOnce() throws Exception {
      String state = server.approve(browser, server.ask(browser));
      String cookies = browser.cookieHeader();
      CountDownLatch start = new CountDownLatch(1);
      List<String> locations = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
        List<Future<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
          Callable<Reply> call =
              () -> {
                start.await();
                return server.browser().get(FakeSignIn.callback(state), "Cookie", cookies);
              };
          replies.add(threads.submit(call));
        }
        start.countDown();
        for (Future<Reply> reply : replies) {
          locations.add(FakeBrowser.location(reply.get()));
        }
      }
      assertThat(locations).hasSize(64).containsOnly(locations.getFirst());
      assertThat(server.github.callbacks).hasSize(1);
      assertThat(server.audited(AuditEvent.GrantCreated.class)).hasSize(1);
    }

    @Test
    void atTheWrongUpstreamGetsAPage() {
      String state = server.approve(browser, server.ask(browser));
      assertForeign(
          browser.get(FakeSignIn.callback(state).replace("/callback?", "/callback/corporate?")));
      assertThat(server.corporate.callbacks).isEmpty();
    }

    @Test
    void finishesEachOfSeveralSignInsOfOneBrowser() {
      List<String> states = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        states.add(server.approve(browser, server.ask(browser)));
      }
      for (String state : states.reversed()) {
        assertThat(FakeBrowser.answer(browser.get(FakeSignIn.callback(state)))).containsKey("code");
      }
    }
  }

  @Nested
  class ARefusalOfTheUpstream {
    static Stream<Arguments> refusals() {
      return Stream.of(
          Arguments.of(new UpstreamRefusal.Denied(), "access_denied", "denied"),
          Arguments.of(new UpstreamRefusal.UserMustAct("e-mail"), "access_denied", "user_must_act"),
          Arguments.of(new UpstreamRefusal.Rejected("bad_code"), "server_error", "rejected"),
          Arguments.of(new UpstreamRefusal.WrongIssuer(), "server_error", "wrong_issuer"),
          Arguments.of(
              new UpstreamRefusal.Unavailable("down"), "temporarily_unavailable", "unavailable"));
    }

    @ParameterizedTest
    @Requirement({"A-80", "A-31", "R-5", "A-73"})
    @MethodSource("refusals")
    void becomesAnErrorForTheClient(UpstreamRefusal refusal, String error, String reason) {
      server.github.refusal = refusal;
      Reply reply = server.signIn(browser);
      assertThat(reply.status()).isEqualTo(303);
      assertThat(FakeBrowser.answer(reply))
          .containsEntry("error", error)
          .containsEntry("state", FakeSignIn.STATE)
          .containsEntry("iss", "http://127.0.0.1:8080")
          .doesNotContainKey("code");
      assertThat(server.audited(AuditEvent.SignInRefused.class))
          .singleElement()
          .satisfies(event -> assertThat(event.reason()).isEqualTo(reason));
      assertThat(browser.cookies).doesNotContainKey("ostiary-8080-session");
    }

    @Test
    void beforeAVisitIsAnErrorForTheClientAndLeavesNothingBehind() {
      server.github.unreachable = new UpstreamRefusal.Unavailable("down");
      Reply reply = browser.post("/consent", approved(server.ask(browser)));

      assertThat(FakeBrowser.answer(reply))
          .containsEntry("error", "temporarily_unavailable")
          .containsEntry("state", FakeSignIn.STATE);
      assertThat(server.audited(AuditEvent.SignInRefused.class))
          .singleElement()
          .satisfies(event -> assertThat(event.reason()).isEqualTo("unavailable"));
      assertThat(browser.cookies.keySet()).noneMatch(name -> name.contains("sign-in"));
    }

    private static Map<String, String> approved(Reply page) {
      Map<String, String> form = FakeBrowser.form(page);
      form.put("decision", "approve");
      return form;
    }

    @Test
    void isExplainedToWhoMayNotComeIn() {
      server.github.refusal =
          new UpstreamRefusal.NotAllowed("583231", "octocat", List.of("is not one of the users"));
      Reply reply = server.signIn(browser);
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.headers().has("Location")).isFalse();
      assertThat(FakeBrowser.html(reply))
          .contains("octocat has no access here", FakeSignIn.LOOPBACK + "?error=access_denied")
          .contains("give this reference: <code>");
      assertThat(server.audited(AuditEvent.SignInRefused.class))
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.subject()).isEqualTo("github:583231");
                assertThat(event.userName()).isEqualTo("octocat");
                assertThat(event.lacks()).isEqualTo("is not one of the users");
                assertThat(FakeBrowser.html(reply)).contains(event.request());
              });
      assertThat(browser.cookies).doesNotContainKey("ostiary-8080-session");
    }

    @Test
    void leavesAWayToUseAnotherAccount() {
      server.github.refusal =
          new UpstreamRefusal.NotAllowed("583231", "octocat", List.of("is not one of the users"));
      String html = FakeBrowser.html(server.signIn(browser));
      int link = html.indexOf("/authorize?");
      server.github.refusal = null;

      Reply page = browser.get(html.substring(link, html.indexOf('"', link)).replace("&amp;", "&"));
      String state = server.approve(browser, page);

      assertThat(server.github.requests.getLast().selectAccount()).isTrue();
      assertThat(FakeBrowser.answer(browser.get(FakeSignIn.callback(state))))
          .containsKey("code")
          .containsEntry("state", FakeSignIn.STATE);
    }

    @Test
    void thatOnlyTheOperatorCanMendIsToldToThePersonAndTheOperator() {
      server.github.refusal =
          new UpstreamRefusal.Misconfigured("redirect_uri_mismatch", "Enter this callback.");
      Reply reply = server.signIn(browser);

      assertThat(reply.status()).isEqualTo(500);
      assertThat(FakeBrowser.html(reply))
          .contains(
              "GitHub does not accept this server",
              "Enter this callback.",
              FakeSignIn.LOOPBACK + "?error=server_error");
      assertThat(server.audited(AuditEvent.SignInRefused.class))
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.reason()).isEqualTo("redirect_uri_mismatch");
                assertThat(event.lacks()).isEqualTo("Enter this callback.");
              });
    }
  }

  @Nested
  class TheScopes {
    private Reply granted(String asked, Scopes upstream) {
      server.github.granted = upstream;
      Map<String, String> request = FakeSignIn.request("local", FakeSignIn.LOOPBACK);
      request.put("scope", asked);
      String state = server.approve(browser, browser.get(FakeSignIn.authorize(request)));
      return browser.get(FakeSignIn.callback(state));
    }

    @Test
    @Requirement("G-6")
    void narrowToWhatTheUpstreamGranted() {
      Reply reply = granted("read:user repo offline_access", Scopes.of("read:user", "read:org"));
      assertThat(code(reply).grant().scopes()).isEqualTo(Scopes.of("read:user", "offline_access"));
    }

    @Test
    @Requirement("G-6")
    void neverGrowToWhatTheUpstreamGranted() {
      Reply reply = granted("read:user", Scopes.of("read:user", "repo", "read:org"));
      assertThat(code(reply).grant().scopes()).isEqualTo(Scopes.of("read:user"));
    }

    @Test
    void areNoGrantWhenNothingIsLeft() {
      Reply reply = granted("repo offline_access", Scopes.of("read:user"));
      assertThat(FakeBrowser.answer(reply)).containsEntry("error", "access_denied");
      assertThat(server.github.revoked).containsExactly("upstream-access-1");
      assertThat(server.audited(AuditEvent.GrantCreated.class)).isEmpty();
    }
  }
}
