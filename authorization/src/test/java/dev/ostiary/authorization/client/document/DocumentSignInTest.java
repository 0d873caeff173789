package dev.ostiary.authorization.client.document;

import static dev.ostiary.authorization.FakeSignIn.authorize;
import static dev.ostiary.authorization.FakeSignIn.callback;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.FakeBrowser;
import dev.ostiary.authorization.FakeSignIn;
import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.hash.CodeHash;
import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantFilter;
import dev.ostiary.authorization.store.ListedGrant;
import dev.ostiary.http.Reply;
import dev.ostiary.http.fetch.FetchRefusal;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.requirements.Requirement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentSignInTest {
  private static final String URL = "https://client.example/oauth/client.json";
  private static final String LOOPBACK = "http://127.0.0.1:43999/callback";
  private static final String SITE = "https://client.example/callback";

  private final FakeHost host = new FakeHost();
  private final FakeSignIn server = FakeSignIn.withDocuments(host);
  private final FakeBrowser browser = server.browser();

  private Reply ask(String redirectUri) {
    return browser.get(authorize(FakeSignIn.request(URL, redirectUri)));
  }

  private void serve(String name, String... redirectUris) {
    host.serve(URL, FakeHost.document(URL, name, redirectUris), "Cache-Control", "max-age=60");
  }

  private void signInAndRedeem(String redirectUri) {
    Reply answer = browser.get(callback(server.approve(browser, ask(redirectUri))));
    CodeHash code = CodeHash.of(FakeBrowser.answer(answer).getOrDefault("code", ""));
    server
        .store
        .grants()
        .redeem(code, RefreshHash.of("refresh"), Duration.ofDays(1), server.time.instant());
  }

  private List<Grant> grants() {
    return server
        .store
        .grants()
        .list(GrantFilter.of(new ClientId(URL)), null, 10, server.time.instant())
        .stream()
        .map(ListedGrant::grant)
        .toList();
  }

  @Test
  @Requirement({"A-38", "A-39", "A-42"})
  void signsInAClientThatNobodyRegistered() {
    serve("Example", LOOPBACK);

    Reply page = ask(LOOPBACK);
    Reply answer = browser.get(callback(server.approve(browser, page)));

    assertThat(FakeBrowser.location(answer)).startsWith(LOOPBACK + "?code=");
    assertThat(grants()).hasSize(1);
    assertThat(server.store.clients().find(new ClientId(URL))).isPresent();
  }

  @Test
  @Requirement("A-42")
  void refusesARedirectUriThatIsNotInTheDocument() {
    serve("Example", SITE);

    Reply page = ask("https://evil.example/callback");

    assertThat(page.status()).isEqualTo(400);
    assertThat(FakeBrowser.html(page)).contains("Redirect address not registered");
  }

  @Nested
  class ConsentPage {
    @Test
    @Requirement("R-44")
    void showsWhoseWordItIs() {
      serve("Example", SITE);

      String html = FakeBrowser.html(ask(SITE));

      assertThat(html)
          .contains("<p class=\"quiet verified\">The website client.example,")
          .contains(URL)
          .doesNotContain("Nobody has checked it");
    }

    @Test
    @Requirement("A-46")
    void warnsOfAClientThatIsOnlyOnLoopback() {
      serve("Example", LOOPBACK, "http://localhost/callback");

      assertThat(FakeBrowser.html(ask(LOOPBACK)))
          .contains("described at client.example. Any program on this device could say so");
    }

    @Test
    void doesNotWarnOfAWebSite() {
      serve("Example", LOOPBACK, SITE);

      assertThat(FakeBrowser.html(ask(SITE))).doesNotContain("can say so");
    }

    @Test
    @Requirement("A-73")
    void loadsNoLogo() {
      host.serve(
          URL,
          FakeHost.document(URL, "Example", SITE)
              .replace("{", "{\"logo_uri\": \"https://client.example/logo.png\","));

      Reply page = ask(SITE);

      assertThat(FakeBrowser.html(page)).doesNotContain("logo.png");
      assertThat(host.asked).containsExactly(URL);
    }
  }

  @Nested
  class Problems {
    @Test
    @Requirement("A-73")
    void reflectNothingThatWasFetched() {
      host.serve(URL, "{\"client_id\": \"<script>fetched</script>\", \"client_name\": 7}");

      Reply page = ask(LOOPBACK);

      assertThat(page.status()).isEqualTo(400);
      assertThat(FakeBrowser.html(page))
          .doesNotContain("fetched")
          .contains("client_id in the document must be this URL")
          .contains(URL);
    }

    @Test
    @Requirement("A-40")
    void neverGoBackToTheClient() {
      host.serve(URL, FakeHost.document("https://client.example/other", "Example", LOOPBACK));

      Reply page = ask(LOOPBACK);

      assertThat(page.status()).isEqualTo(400);
      assertThat(page.headers().has("Location")).isFalse();
    }

    @Test
    void askToTryAgainWhereThatCanHelp() {
      host.refuse(URL, new FetchRefusal.NameUnknown());

      Reply page = ask(LOOPBACK);

      assertThat(page.status()).isEqualTo(503);
      assertThat(FakeBrowser.html(page))
          .contains("go back to the app and try again")
          .contains("the host name has no address")
          .contains("--no-metadata-documents");
    }

    @ParameterizedTest
    @CsvSource({"en, Trying again will not help, private", "ja, もう一度試しても変わりません, プライベート"})
    void speakTheLanguageOfTheBrowser(String language, String person, String developer) {
      host.refuse(URL, new FetchRefusal.AddressNotPublic());

      String html =
          FakeBrowser.html(
              browser.get(
                  authorize(FakeSignIn.request(URL, LOOPBACK)), "Accept-Language", language));

      assertThat(html).contains(person).contains(developer);
    }

    @Test
    void meetUrlsThatNoClientCanHave() {
      Reply page =
          browser.get(authorize(FakeSignIn.request("https://client.example/a/../b", LOOPBACK)));

      assertThat(FakeBrowser.html(page)).contains("must not contain . or .. segments");
      assertThat(host.asked).isEmpty();
    }
  }

  @Nested
  class Grants {
    @Test
    void areSeparateForEachSignIn() {
      serve("Example", LOOPBACK);
      browser.get(callback(server.approve(browser, ask(LOOPBACK))));
      browser.get(callback(server.approve(browser, ask(LOOPBACK))));

      assertThat(grants()).hasSize(2);
      Grant first = grants().getFirst();
      server.store.grants().end(first.id(), EndReason.REVOKED, server.time.instant());
      assertThat(grants()).hasSize(1).doesNotContain(first);
    }

    @Test
    void outliveAChangeOfNameAndAddresses() {
      serve("Example", LOOPBACK);
      signInAndRedeem(LOOPBACK);
      serve("Other", LOOPBACK, SITE);
      server.time.pass(Duration.ofMinutes(1));

      ask(SITE);

      assertThat(server.audited(AuditEvent.DocumentChanged.class))
          .singleElement()
          .satisfies(
              event -> assertThat(event.changed()).containsExactly("client_name", "redirect_uris"));
      assertThat(grants()).hasSize(1);
    }

    @Test
    void areNotMadeOfADocumentThatChangedMeanwhile() {
      serve("Example", LOOPBACK);
      String state = server.approve(browser, ask(LOOPBACK));
      serve("Other", LOOPBACK);
      server.time.pass(Duration.ofMinutes(1));
      server.browser().get(authorize(FakeSignIn.request(URL, LOOPBACK)));

      Reply page = browser.get(callback(state));

      assertThat(page.status()).isEqualTo(400);
      assertThat(FakeBrowser.html(page)).contains("The app’s details have changed");
      assertThat(grants()).isEmpty();
    }
  }

  @Nested
  class Approvals {
    @Test
    void standWhileTheDocumentIsTheSame() {
      serve("Example", SITE);
      browser.get(callback(server.approve(browser, ask(SITE))));

      assertThat(ask(SITE).status()).isEqualTo(303);
    }

    @ParameterizedTest
    @CsvSource({
      "Other, https://client.example/callback",
      "Example, https://client.example/callback https://client.example/second"
    })
    void fallWhenItChanges(String name, String redirectUris) {
      serve("Example", SITE);
      browser.get(callback(server.approve(browser, ask(SITE))));
      serve(name, redirectUris.split(" "));
      server.time.pass(Duration.ofMinutes(1));

      assertThat(ask(SITE).status()).isEqualTo(200);
    }
  }

  @Test
  void countsAnAnswerOnlyForWhatWasShown() {
    serve("Example", LOOPBACK);
    Reply page = ask(LOOPBACK);
    serve("Other", LOOPBACK);
    server.time.pass(Duration.ofMinutes(1));

    Reply answer = server.decide(browser, page, "approve");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(grants()).isEmpty();
  }
}
