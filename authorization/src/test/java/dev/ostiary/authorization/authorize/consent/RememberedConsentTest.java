package dev.ostiary.authorization.authorize.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.FakeBrowser;
import dev.ostiary.authorization.FakeSignIn;
import dev.ostiary.authorization.SampleClient;
import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.authorize.response.Approvals;
import dev.ostiary.authorization.hash.CodeHash;
import dev.ostiary.authorization.store.Approval;
import dev.ostiary.authorization.store.ApprovalStore;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import dev.ostiary.requirements.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RememberedConsentTest {
  private static final String ELSEWHERE = "https://app.example.net/other";
  private static final Subject OCTOCAT = new Subject("github:583231");

  private final FakeSignIn server = FakeSignIn.remembering();
  private final FakeBrowser browser = server.browser();
  private final Map<String, String> request = FakeSignIn.request("site", FakeSignIn.SITE);

  RememberedConsentTest() {
    server.register(SampleClient.of("both", FakeSignIn.SITE, ELSEWHERE));
    server.register(SampleClient.of("twin", FakeSignIn.SITE));
  }

  private Reply ask() {
    return browser.get(FakeSignIn.authorize(request));
  }

  /** A first sign-in, with the page; the answer to the client. */
  private Reply approve(String scope) {
    request.put("scope", scope);
    return browser.get(FakeSignIn.callback(server.approve(browser, ask())));
  }

  private Grant grantOf(Reply answer) {
    String code = FakeBrowser.answer(answer).getOrDefault("code", "");
    return server.store.grants().find(CodeHash.of(code)).orElseThrow().grant();
  }

  private static void assertAsked(Reply reply) {
    assertThat(reply.status()).isEqualTo(200);
    assertThat(FakeBrowser.form(reply)).containsKey("csrf");
  }

  private static void assertSpared(Reply reply) {
    assertThat(reply.status()).isEqualTo(303);
    assertThat(FakeBrowser.location(reply)).startsWith("https://github.example/authorize?");
  }

  private List<Approval> approvals() {
    return server
        .store
        .approvals()
        .find(
            OCTOCAT, new ClientId("site"), new RedirectUri(FakeSignIn.SITE), server.time.instant());
  }

  @Test
  @Requirement({"A-51", "A-52"})
  void sparesThePersonThePageTheSecondTimeAndNotTheFirst() {
    assertAsked(ask());
    approve("read:user");

    assertSpared(ask());
  }

  @Test
  @Requirement({"A-59", "A-60"})
  void bindsTheSignInToTheBrowserAsAfterAnAnswer() {
    approve("read:user");
    Reply spared = ask();

    assertThat(spared.headers().all("Set-Cookie"))
        .singleElement()
        .asString()
        .startsWith("__Host-ostiary-sign-in-")
        .contains("HttpOnly", "Secure", "SameSite=Lax");
    String state = FakeBrowser.answer(spared).getOrDefault("state", "");
    assertThat(server.browser().get(FakeSignIn.callback(state)).status()).isEqualTo(400);
    Reply answer = browser.get(FakeSignIn.callback(state));
    assertThat(FakeBrowser.answer(answer)).containsKeys("code", "iss");
    assertThat(FakeBrowser.answer(answer)).containsEntry("state", FakeSignIn.STATE);
  }

  @Test
  @Requirement("A-76")
  void isWrittenToTheAuditStream() {
    approve("read:user");
    ask();

    assertThat(server.audited(AuditEvent.ConsentRemembered.class))
        .singleElement()
        .satisfies(event -> assertThat(event.subject()).isEqualTo(OCTOCAT))
        .satisfies(event -> assertThat(event.client()).isEqualTo(new ClientId("site")));
  }

  @Test
  void isNotRememberedUnlessSwitchedOn() {
    FakeSignIn forgetful = FakeSignIn.secure();
    FakeBrowser same = forgetful.browser();
    String url = FakeSignIn.authorize(request);
    same.get(FakeSignIn.callback(forgetful.approve(same, same.get(url))));

    assertAsked(same.get(url));
  }

  @Nested
  class GainsNothing {
    @Test
    @Requirement("A-52")
    void aSecondBrowser() {
      approve("read:user");

      assertAsked(server.browser().get(FakeSignIn.authorize(request)));
    }

    @Test
    @Requirement("A-52")
    void anotherClientEvenAtTheSameAddress() {
      approve("read:user");
      request.put("client_id", "twin");

      assertAsked(ask());
    }

    @Test
    @Requirement({"A-52", "A-57"})
    void anotherAddressOfTheSameClient() {
      request.put("client_id", "both");
      approve("read:user");
      assertSpared(ask());

      request.put("redirect_uri", ELSEWHERE);
      assertAsked(ask());
    }

    @Test
    @Requirement("A-52")
    void anotherPersonInTheSameBrowser() {
      approve("read:user");
      server.github.userId = "2";
      server.github.userName = "mona";
      Map<String, String> other = FakeSignIn.request("twin", FakeSignIn.SITE);
      Reply page = browser.get(FakeSignIn.authorize(other));
      browser.get(FakeSignIn.callback(server.approve(browser, page)));

      assertAsked(ask());
    }

    /** Who is signed in here need not be who is signed in at the upstream. */
    @Test
    @Requirement({"A-52", "G-5"})
    void whoeverSignsInUpstreamInsteadOfTheOneWhoApproved() {
      approve("read:user");
      String state = FakeBrowser.answer(ask()).getOrDefault("state", "");
      server.github.userId = "2";
      Reply answer = browser.get(FakeSignIn.callback(state));

      assertThat(FakeBrowser.answer(answer)).containsEntry("error", "interaction_required");
      assertThat(FakeBrowser.answer(answer)).doesNotContainKey("code");
      assertThat(server.github.revoked).containsExactly("upstream-access-2");
      assertAsked(ask());
    }

    @ParameterizedTest
    @ValueSource(strings = {FakeSignIn.LOOPBACK, FakeSignIn.PROGRAM})
    void aProgramThatMayBeAnotherNextTime(String redirectUri) {
      request.put("client_id", redirectUri.equals(FakeSignIn.LOOPBACK) ? "local" : "program");
      request.put("redirect_uri", redirectUri);
      approve("read:user");

      assertAsked(ask());
    }

    @Test
    void aRequestThatIsWrong() {
      approve("read:user");
      request.put("code_challenge_method", "plain");

      assertThat(FakeBrowser.answer(ask())).containsEntry("error", "invalid_request");
    }
  }

  @Nested
  class AsksAgain {
    @Test
    void forMoreScopes() {
      approve("read:user");
      request.put("scope", "read:user repo");

      assertAsked(ask());
    }

    @Test
    void butNotForFewerAndGrantsOnlyThose() {
      approve("read:user repo");
      request.put("scope", "read:user");
      Reply spared = ask();
      assertSpared(spared);

      String state = FakeBrowser.answer(spared).getOrDefault("state", "");
      Grant grant = grantOf(browser.get(FakeSignIn.callback(state)));
      assertThat(grant.scopes()).isEqualTo(Scopes.of("read:user"));
    }

    @Test
    void forWhatWasNeverApprovedTogether() {
      approve("repo");
      approve("read:user");
      request.put("scope", "read:user repo");

      assertAsked(ask());
    }

    @Test
    void afterThirtyDaysHoweverOftenItWasUsed() {
      approve("read:user");
      for (int day = 0; day < 29; day += 7) {
        server.time.pass(Duration.ofDays(7));
        // A session lives for hours, so somebody signs in for another client first.
        Map<String, String> other = FakeSignIn.request("twin", FakeSignIn.SITE);
        Reply page = browser.get(FakeSignIn.authorize(other));
        String state =
            page.status() == 303
                ? FakeBrowser.answer(page).getOrDefault("state", "")
                : server.approve(browser, page);
        browser.get(FakeSignIn.callback(state));
        if (day < 28) {
          Reply spared = ask();
          assertSpared(spared);
          browser.get(FakeSignIn.callback(FakeBrowser.answer(spared).getOrDefault("state", "")));
        }
      }

      assertAsked(ask());
    }

    @Test
    void whenTheSessionIsOver() {
      approve("read:user");
      server.time.pass(Duration.ofHours(8));

      assertAsked(ask());
    }

    @ParameterizedTest
    @ValueSource(strings = {"consent", "login", "select_account", "login consent"})
    void whenTheClientWantsIt(String prompt) {
      approve("read:user");
      request.put("prompt", prompt);

      assertAsked(ask());
    }

    @Test
    void whenApprovalsAreForgotten() {
      approve("read:user");
      assertThat(approvals()).hasSize(1);
      server
          .store
          .approvals()
          .forget(Set.of(new ApprovalStore.Approver(OCTOCAT, new ClientId("site"))));

      assertAsked(ask());
    }
  }

  @Nested
  class AClientThatHasChanged {
    private final FakeSignIn before = FakeSignIn.remembering();
    private final FakeBrowser same = before.browser();

    /** The same store seen through a client of another description. */
    private boolean covered(String name, String... redirectUris) {
      return Approvals.of(before.store.approvals(), Duration.ofDays(30))
          .cover(
              OCTOCAT,
              SampleClient.named("site", name, null, redirectUris),
              new RedirectUri(FakeSignIn.SITE),
              before.servers.getFirst().resource(),
              Scopes.of("read:user"),
              before.time.instant());
    }

    @Test
    void isAskedForAgain() {
      Reply page = same.get(FakeSignIn.authorize(request));
      same.get(FakeSignIn.callback(before.approve(same, page)));

      assertThat(covered("Sample site", FakeSignIn.SITE)).isTrue();
      assertThat(covered("Another name", FakeSignIn.SITE)).isFalse();
      assertThat(covered("Sample site", FakeSignIn.SITE, ELSEWHERE)).isFalse();
    }

    @Test
    void isAskedForAgainWhenTheLimitWasLowered() {
      Reply page = same.get(FakeSignIn.authorize(request));
      same.get(FakeSignIn.callback(before.approve(same, page)));
      before.time.pass(Duration.ofDays(2));

      Approvals stricter = Approvals.of(before.store.approvals(), Duration.ofDays(1));
      assertThat(
              stricter.know(
                  OCTOCAT,
                  SampleClient.of("site", FakeSignIn.SITE),
                  new RedirectUri(FakeSignIn.SITE),
                  before.time.instant()))
          .isFalse();
      assertThat(covered("Sample site", FakeSignIn.SITE)).isTrue();
    }
  }

  @Nested
  class WithoutAPage {
    @Test
    void goesOnToTheUpstream() {
      approve("read:user");
      request.put("prompt", "none");

      assertSpared(ask());
    }

    @Test
    void isRefusedWithoutAnApproval() {
      approve("read:user");
      request.put("prompt", "none");
      request.put("scope", "repo");

      assertThat(FakeBrowser.answer(ask())).containsEntry("error", "interaction_required");
    }

    @Test
    @Requirement("R-51")
    void isRefusedOnAPageWithoutASession() {
      approve("read:user");
      request.put("prompt", "none");
      Reply reply = server.browser().get(FakeSignIn.authorize(request));

      assertThat(reply.headers().has("Location")).isFalse();
      assertThat(FakeBrowser.html(reply)).contains("login_required");
    }
  }

  @Nested
  class AnErrorThatNobodyAskedFor {
    @Test
    @Requirement("R-51")
    void goesAtOnceToWhereThePersonHasApproved() {
      approve("read:user");
      request.put("scope", "quote\"");
      Reply reply = ask();

      assertThat(FakeBrowser.location(reply)).startsWith(FakeSignIn.SITE + "?");
      assertThat(FakeBrowser.answer(reply))
          .containsEntry("error", "invalid_scope")
          .containsEntry("iss", "https://mcp.example.com")
          .containsEntry("state", FakeSignIn.STATE);
    }

    @Test
    @Requirement("R-51")
    void isALinkForAnybodyElse() {
      approve("read:user");
      request.put("scope", "quote\"");
      assertThat(server.browser().get(FakeSignIn.authorize(request)).headers().has("Location"))
          .isFalse();

      request.put("client_id", "twin");
      assertThat(ask().headers().has("Location")).isFalse();
    }
  }
}
