package dev.ostiary.authorization.authorize.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.FakeBrowser;
import dev.ostiary.authorization.FakeSignIn;
import dev.ostiary.authorization.SampleClient;
import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.requirements.Requirement;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizeEndpointTest {
  private final FakeSignIn server = FakeSignIn.local();
  private final Map<String, String> request = FakeSignIn.request("local", FakeSignIn.LOOPBACK);

  private Reply send() {
    return send(server, request);
  }

  private static Reply send(FakeSignIn server, Map<String, String> request) {
    return server.browser().get(FakeSignIn.authorize(request));
  }

  private static String html(Reply page) {
    return FakeBrowser.html(page);
  }

  private static void assertShown(Reply reply, int status, String text) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.headers().has("Location")).isFalse();
    assertThat(reply.headers().has("Set-Cookie")).isFalse();
    assertThat(html(reply)).contains(text).doesNotContain("href=\"http");
  }

  private static void assertSent(Reply reply, String error) {
    assertThat(reply.status()).isEqualTo(303);
    assertThat(FakeBrowser.location(reply)).startsWith(FakeSignIn.LOOPBACK + "?");
    assertThat(FakeBrowser.answer(reply))
        .containsEntry("error", error)
        .containsEntry("state", FakeSignIn.STATE)
        .containsEntry("iss", "http://127.0.0.1:8080")
        .doesNotContainKey("code");
  }

  @Nested
  class BeforeTheRedirectIsProven {
    @Test
    @Requirement("R-1")
    void showsThatTheClientIsUnknown() {
      request.put("client_id", "stranger");
      assertShown(send(), 400, "No client is registered with client_id “stranger”");
    }

    @Test
    @Requirement("R-1")
    void showsThatTheClientIdIsMissing() {
      request.remove("client_id");
      assertShown(send(), 400, "client_id is missing");
    }

    @ParameterizedTest
    @Requirement({"R-1", "R-2", "A-28", "A-29", "A-57", "A-80"})
    @ValueSource(
        strings = {
          "http://127.0.0.1:43999/callback/",
          "http://127.0.0.1:43999/callback?x=1",
          "http://127.0.0.1:43999/Callback",
          "http://localhost:43999/callback",
          "https://127.0.0.1:43999/callback",
          "http://127.0.0.1.evil.example:43999/callback",
          "https://evil.example/callback"
        })
    void showsThatTheRedirectIsNotTheClients(String redirect) {
      request.put("redirect_uri", redirect);
      assertShown(send(), 400, "is not registered for this client");
      assertThat(server.audited(AuditEvent.AuthorizeRefused.class))
          .containsExactly(
              new AuditEvent.AuthorizeRefused(
                  server.time.instant(), "request-1", "local", "redirect-unknown", redirect));
    }

    @Test
    @Requirement("R-1")
    void saysWhatARedirectWasComparedWith() {
      server.register(SampleClient.of("two", FakeSignIn.LOOPBACK, FakeSignIn.SITE));
      request.put("client_id", "two");
      request.put("redirect_uri", "https://evil.example/");

      assertShown(
          send(), 400, "Registered: “" + FakeSignIn.LOOPBACK + "”, “" + FakeSignIn.SITE + "”.");
    }

    @Test
    void saysThatDocumentsAreSwitchedOff() {
      request.put("client_id", "https://client.example/oauth/client.json");

      assertShown(send(), 400, "metadata-documents.enabled is false");
      assertThat(server.audited(AuditEvent.AuthorizeRefused.class))
          .singleElement()
          .satisfies(event -> assertThat(event.reason()).isEqualTo("documents-off"));
    }

    @Test
    @Requirement("R-2")
    void takesAnyPortOfALoopbackRedirect() {
      request.put("redirect_uri", "http://127.0.0.1:50123/callback");
      assertThat(send().status()).isEqualTo(200);
    }

    @Test
    void takesTheOnlyRegisteredRedirectIfNoneIsNamed() {
      request.remove("redirect_uri");
      assertThat(html(send())).contains(FakeSignIn.LOOPBACK);
    }

    @Test
    @Requirement("R-1")
    void showsThatARedirectHasToBeNamedWhenSeveralAreRegistered() {
      server.register(SampleClient.of("two", FakeSignIn.LOOPBACK, FakeSignIn.SITE));
      request.put("client_id", "two");
      request.remove("redirect_uri");
      assertShown(send(), 400, "redirect_uri is missing");
    }

    @Test
    @Requirement("R-4")
    void refusesARepeatedParameter() {
      Reply reply = server.browser().get(FakeSignIn.authorize(request) + "&scope=repo");
      assertShown(reply, 400, "“scope” occurs more than once");
    }

    @Test
    void refusesWhatCannotBeDecoded() {
      assertShown(server.browser().get("/authorize?state=%zz"), 400, "urlencoded");
    }

    @Test
    void refusesAPostThatIsNotAForm() {
      Reply reply =
          server.browser().post("/authorize", request, "Content-Type", "application/json");
      assertShown(reply, 400, "urlencoded");
    }

    @Test
    void refusesAStateThatIsTooLongToBringBack() {
      request.put("state", "s".repeat(4097));
      assertShown(send(), 400, "state is longer than 4096 characters");
    }

    @Test
    void escapesWhatItRepeats() {
      request.put("client_id", "<script>alert(1)</script>");
      assertThat(html(send())).doesNotContain("<script").contains("&lt;script&gt;");
    }
  }

  @Nested
  class AfterTheRedirectIsProven {
    @Test
    @Requirement({"R-5", "A-31"})
    void bringsBackStateAndIssuerWithEveryError() {
      request.put("scope", "quote\"");
      assertSent(send(), "invalid_scope");
    }

    @Test
    @Requirement("R-5")
    void cannotBeMadeToSplitAHeaderByTheState() {
      request.put("state", "a\r\nSet-Cookie: evil=1");
      request.put("response_type", "token");
      Reply reply = send();
      assertThat(FakeBrowser.location(reply)).doesNotContain("\r").doesNotContain("\n");
      assertThat(reply.headers().has("Set-Cookie")).isFalse();
      assertThat(FakeBrowser.answer(reply)).containsEntry("state", "a\r\nSet-Cookie: evil=1");
    }

    @ParameterizedTest
    @Requirement("R-6")
    @ValueSource(strings = {"token", "id_token", "code token", "none"})
    void knowsNoResponseTypeButCode(String type) {
      request.put("response_type", type);
      assertSent(send(), "unsupported_response_type");
    }

    @Test
    void wantsAResponseType() {
      request.remove("response_type");
      assertSent(send(), "invalid_request");
    }

    @ParameterizedTest
    @CsvSource({"query,200", "fragment,303", "form_post,303"})
    void answersInTheQueryOnly(String mode, int status) {
      request.put("response_mode", mode);
      assertThat(send().status()).isEqualTo(status);
    }

    @Test
    @Requirement("R-3")
    void wantsACodeChallenge() {
      request.remove("code_challenge");
      assertSent(send(), "invalid_request");
    }

    @ParameterizedTest
    @Requirement("R-3")
    @ValueSource(strings = {"plain", "s256", ""})
    void takesNoMethodButS256(String method) {
      request.put("code_challenge_method", method);
      assertSent(send(), "invalid_request");
    }

    @ParameterizedTest
    @Requirement("R-3")
    @ValueSource(strings = {"short", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjX=="})
    void takesNoChallengeThatIsNotAHash(String challenge) {
      request.put("code_challenge", challenge);
      assertSent(send(), "invalid_request");
    }

    @Test
    @Requirement("R-34")
    void refusesAForeignResource() {
      request.put("resource", "https://elsewhere.example/mcp");
      assertSent(send(), "invalid_target");
    }

    @Test
    void takesTheSameResourceTwiceButNotTwoResources() {
      FakeSignIn two = FakeSignIn.withTwoServers();
      String one = "&resource=http://127.0.0.1:8080/github/mcp";
      String other = "&resource=http://127.0.0.1:8080/other/mcp";
      String base = FakeSignIn.authorize(request);
      assertThat(two.browser().get(base + one + one).status()).isEqualTo(200);
      assertSent(two.browser().get(base + one + other), "invalid_target");
    }

    @Test
    @Requirement("R-4")
    void ignoresUnknownParametersAndCountsEmptyOnesAsAbsent() {
      request.put("nonce", "n");
      request.put("response_mode", "");
      request.put("resource", "");
      assertThat(send().status()).isEqualTo(200);
    }

    @Test
    void takesAFormAsWellAsAQuery() {
      assertThat(server.browser().post("/authorize", request).status()).isEqualTo(200);
    }

    @Test
    void refusesAClientThatIsNotRegisteredForCodes() {
      var sample = SampleClient.of("service", FakeSignIn.LOOPBACK);
      var metadata = sample.metadata();
      server.register(
          new dev.ostiary.authorization.store.RegisteredClient(
              sample.id(),
              sample.kind(),
              null,
              null,
              new dev.ostiary.protocol.registration.ClientMetadata(
                  metadata.name(),
                  metadata.redirectUris(),
                  "none",
                  java.util.List.of("refresh_token"),
                  metadata.responseTypes(),
                  null,
                  null,
                  Map.of()),
              sample.registeredAt()));
      request.put("client_id", "service");
      assertSent(send(), "unauthorized_client");
    }
  }

  @Nested
  class TheScope {
    private static RegisteredClient configured(String id, String scope) {
      RegisteredClient named = SampleClient.named(id, id, scope, FakeSignIn.LOOPBACK);
      return new RegisteredClient(
          named.id(), ClientKind.CONFIGURED, null, null, named.metadata(), named.registeredAt());
    }

    private String scopes() {
      String html = html(send());
      return html.substring(html.indexOf("<ul class=\"scopes\">"), html.indexOf("</ul>"));
    }

    @Test
    void isTheDefaultWhenNoneIsAskedFor() {
      request.remove("scope");
      assertThat(scopes()).contains("read:user").doesNotContain("repo");
    }

    @Test
    void losesWhatIsNotKnown() {
      request.put("scope", "repo admin:everything");
      assertThat(scopes()).contains("repo").doesNotContain("admin");
    }

    @Test
    void takeNothingButSpacesForNone() {
      request.put("scope", " ");
      assertThat(scopes()).contains("read:user").doesNotContain("repo");
    }

    @Test
    void isTheDefaultWhenNothingOfItIsKnown() {
      request.put("scope", "openid profile");
      assertThat(scopes()).contains("read:user").doesNotContain("openid");
    }

    @Test
    @Requirement("A-36")
    void keepsOfflineAccessBesideTheDefault() {
      request.put("scope", "offline_access");
      assertThat(scopes()).contains("read:user", "offline_access");
    }

    @Test
    void mayBeMoreThanAClientThoughtOfWhenItRegisteredItself() {
      server.register(SampleClient.named("wide", "Wide", "read:user", FakeSignIn.LOOPBACK));
      request.put("client_id", "wide");
      request.put("scope", "read:user repo");
      assertThat(scopes()).contains("read:user", "repo");
    }

    @Test
    void neverHasMoreThanTheOperatorLetsTheClientHave() {
      server.register(configured("narrow", "read:user openid"));
      request.put("client_id", "narrow");
      request.put("scope", "read:user repo");
      assertThat(scopes()).contains("read:user").doesNotContain("repo");
    }

    @Test
    void isRefusedWhenTheOperatorLeavesNothing() {
      server.register(configured("none", "openid"));
      request.put("client_id", "none");
      assertSent(send(), "invalid_scope");
    }
  }

  @Nested
  class ThePrompt {
    @Test
    void cannotBeNoneWithoutASession() {
      request.put("prompt", "none");
      assertSent(send(), "login_required");
    }

    @Test
    void cannotBeNoneWithASessionSinceNothingIsApprovedByIt() {
      FakeBrowser browser = server.browser();
      server.signIn(browser);
      request.put("prompt", "none");
      assertSent(browser.get(FakeSignIn.authorize(request)), "interaction_required");
    }

    @Test
    void cannotBeNoneAndSomethingElse() {
      request.put("prompt", "none login");
      assertSent(send(), "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"consent", "login", "select_account", "login consent", "create"})
    void mayBeAnythingElse(String prompt) {
      request.put("prompt", prompt);
      assertThat(send().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"consent,false", "login,true", "select_account,true"})
    void hasTheUpstreamOfferItsAccounts(String prompt, boolean offered) {
      request.put("prompt", prompt);
      FakeBrowser browser = server.browser();
      server.approve(browser, browser.get(FakeSignIn.authorize(request)));
      assertThat(server.github.requests.getFirst().selectAccount()).isEqualTo(offered);
    }
  }

  @Nested
  class AnErrorThatNobodyAskedFor {
    private Reply bad(FakeSignIn server, String client, String redirect) {
      Map<String, String> bad = FakeSignIn.request(client, redirect);
      bad.put("scope", "quote\"");
      return send(server, bad);
    }

    @Test
    void isInTheAuditStream() {
      bad(server, "local", FakeSignIn.LOOPBACK);

      assertThat(server.audited(AuditEvent.AuthorizeRefused.class))
          .containsExactly(
              new AuditEvent.AuthorizeRefused(
                  server.time.instant(),
                  "request-1",
                  "local",
                  "invalid_scope",
                  "scope is malformed."));
    }

    @Test
    void goesAtOnceToThisComputer() {
      assertThat(bad(server, "local", FakeSignIn.LOOPBACK).status()).isEqualTo(303);
    }

    @ParameterizedTest
    @Requirement({"R-51", "A-29", "A-31", "R-5"})
    @CsvSource({"site," + FakeSignIn.SITE, "program," + FakeSignIn.PROGRAM})
    void isALinkOnAPageForEveryOtherPlace(String client, String redirect) {
      Reply reply = bad(FakeSignIn.secure(), client, redirect);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.headers().has("Location")).isFalse();
      String html = html(reply);
      int link = html.indexOf("href=\"" + redirect + "?") + 6;
      String uri = html.substring(link, html.indexOf('"', link)).replace("&amp;", "&");
      assertThat(FakeBrowser.answer(uri))
          .containsEntry("error", "invalid_scope")
          .containsKey("error_description")
          .containsEntry("state", FakeSignIn.STATE)
          .containsEntry("iss", "https://mcp.example.com");
    }

    @Test
    @Requirement("A-50")
    void goesAtOnceToAClientThatTheOperatorNamed() {
      FakeSignIn secure = FakeSignIn.secure();
      secure.register(SampleClient.configured("pre", FakeSignIn.SITE));

      Reply reply = bad(secure, "pre", FakeSignIn.SITE);

      assertThat(reply.status()).isEqualTo(303);
      assertThat(reply.headers().first("Location").orElseThrow())
          .startsWith(FakeSignIn.SITE + "?error=invalid_scope");
    }

    @Test
    @Requirement("R-51")
    void isALinkEvenIfNobodyWasToBeAsked() {
      Map<String, String> silent = FakeSignIn.request("site", FakeSignIn.SITE);
      silent.put("prompt", "none");
      assertThat(send(FakeSignIn.secure(), silent).headers().has("Location")).isFalse();
    }
  }

  @Test
  @Requirement("A-51")
  void neverSendsAnybodyToTheUpstreamNorStoresAnything() {
    Reply page = send();
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.headers().has("Location")).isFalse();
    assertThat(server.github.requests).isEmpty();
    assertThat(server.audit).isEmpty();
  }

  @Test
  @Requirement("R-7")
  void isClosedToScriptsOfOtherOrigins() {
    for (Endpoint endpoint : server.endpoints) {
      assertThat(endpoint.route().crossOrigin()).as(endpoint.route().path()).isFalse();
    }
    assertThat(send().headers().has("Access-Control-Allow-Origin")).isFalse();
  }
}
