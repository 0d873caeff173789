package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Reply;
import dev.ostiary.requirements.Requirement;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Attacks on the consent page: the MCP security best practices call them "confused deputy", because
 * a proxy with one registration at the upstream lends it to every client.
 */
final class ConsentAttackTest {
  private static final String APP = "https://app.example.net/callback";
  private static final String EVIL = "https://evil.example/callback";

  private final AttackedOstiary ostiary;
  private final FakeClient app;
  private final FakeBrowser victim;

  ConsentAttackTest() throws GeneralSecurityException {
    ostiary = new AttackedOstiary();
    app = ostiary.register(APP);
    victim = ostiary.browser();
  }

  @AfterEach
  void close() {
    ostiary.close();
  }

  /** MCP security best practices, "Confused Deputy": consent before anything is sent upstream. */
  @Test
  @Requirement({"A-51", "A-59"})
  void nothingStartsAtGitHubBeforeThePersonAgrees() {
    Reply page = victim.open(app.authorizationUrl());

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.headers().has("Location")).isFalse();
    assertThat(victim.cookies.keySet()).allMatch(name -> name.startsWith("__Host-ostiary-csrf-"));
    assertThat(ostiary.github.journal().requests()).isEmpty();
  }

  /** MCP security best practices, "Confused Deputy": GitHub has agreed before and asks no more. */
  @Test
  @Requirement("A-51")
  void aPersonWhoHasAgreedToOneClientIsStillAskedAboutTheNext() {
    victim.signIn(app);
    FakeClient evil = ostiary.register(EVIL);

    Reply page = victim.open(evil.authorizationUrl());

    assertThat(page.status()).isEqualTo(200);
    assertThat(FakeExchange.text(page)).contains("evil.example").contains(evil.id);
  }

  /** RFC 6749 §10.12: the attacker's page is approved with the victim's browser. */
  @Test
  @Requirement("A-54")
  void aSecondBrowserCannotSendTheFormOfTheFirst() {
    FakeBrowser attacker = ostiary.browser();
    Reply page = attacker.open(ostiary.register(EVIL).authorizationUrl());
    victim.open(app.authorizationUrl());

    assertRefused(victim.decide(page, "approve"));
  }

  /** RFC 6749 §10.12: the victim's browser sends its cookies along with the attacker's form. */
  @ParameterizedTest
  @CsvSource({
    "Origin, https://evil.example",
    "Origin, null",
    "Origin, https://evil.mcp.example.com",
    "Origin, http://mcp.example.com",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
    "Sec-Fetch-Site, none"
  })
  @Requirement("A-54")
  void aFormOfAnotherSiteIsRefused(String header, String value) {
    Reply page = victim.open(app.authorizationUrl());

    assertRefused(victim.decide(page, "approve", header, value));
  }

  /** CWE-352: a field that is guessed, cut or left out. */
  @ParameterizedTest
  @CsvSource({"csrf, ''", "csrf, guessed", "csrf, a.b", "request, ''", "request, guessed"})
  @Requirement("A-54")
  void aFormThatIsNotOursIsRefused(String field, String value) {
    Map<String, String> form = FakeBrowser.form(victim.open(app.authorizationUrl()));
    form.put("decision", "approve");
    form.put(field, value);

    assertRefused(victim.post("/consent", form));
  }

  /** One client's page is agreed to, and another client's request is sent. */
  @Test
  @Requirement("A-54")
  void consentToOneClientIsNotTakenForAnother() {
    Map<String, String> form = FakeBrowser.form(victim.open(app.authorizationUrl()));
    Reply other = victim.open(ostiary.register(EVIL).authorizationUrl());
    form.put("request", FakeBrowser.form(other).getOrDefault("request", ""));
    form.put("decision", "approve");

    assertRefused(victim.post("/consent", form));
  }

  /** Whatever else the form brings, the request is the one that was shown. */
  @Test
  void theFormCannotChangeWhatWasShown() {
    Map<String, String> form = FakeBrowser.form(victim.open(app.authorizationUrl()));
    form.put("decision", "approve");
    form.put("client_id", ostiary.register(EVIL).id);
    form.put("redirect_uri", EVIL);
    form.put("scope", "repo");
    form.put("resource", AttackedOstiary.OTHER_SERVER);

    Reply upstream = victim.post("/consent", form);
    String authorize = FakeBrowser.location(upstream);
    assertThat(FakeClient.answer(authorize)).containsEntry("scope", "read:user");
    Reply back = ostiary.askGitHub(authorize.substring(AttackedOstiary.GITHUB.length()));
    String end = FakeBrowser.location(victim.open(FakeBrowser.location(back)));
    assertThat(end).startsWith(APP + "?");
    String code = FakeClient.answer(end).getOrDefault("code", "");
    FakeClient.Tokens tokens = FakeClient.tokens(ostiary.token(app.exchange(code)));
    assertThat(tokens.scope()).isEqualTo("read:user");
    String bearer = "Bearer " + tokens.access();
    assertThat(ostiary.call("/mcp", "Authorization", bearer).status()).isEqualTo(200);
    assertThat(ostiary.call("/docs/mcp", "Authorization", bearer).status()).isEqualTo(401);
  }

  /** A server that the page did not offer is not to be had by the form. */
  @Test
  void theFormCannotChooseAServerThatWasNotOffered() {
    Map<String, String> request = app.request();
    request.remove("resource");
    Map<String, String> form = FakeBrowser.form(victim.open(FakeClient.url(request)));
    form.put("decision", "approve");
    form.put("resource", "https://evil.example/mcp");

    Reply reply = victim.post("/consent", form);

    assertThat(reply.headers().all("Location")).isEmpty();
    assertThat(ostiary.github.journal().requests()).isEmpty();
    form.put("resource", AttackedOstiary.OTHER_SERVER);
    assertThat(FakeBrowser.location(victim.post("/consent", form)))
        .startsWith(AttackedOstiary.GITHUB);
  }

  /** Cookie tossing: a neighbouring host adds a cookie of the same name. */
  @Test
  void aCookieThatIsThereTwiceCountsForNothing() {
    Reply page = victim.open(app.authorizationUrl());
    String name = victim.cookies.keySet().iterator().next();
    for (String cookie :
        List.of(
            victim.cookieHeader() + "; " + name + "=tossed",
            name + "=tossed; " + victim.cookieHeader())) {
      assertRefused(victim.decide(page, "approve", "Cookie", cookie));
    }
  }

  /** RFC 9700 §4.16: clickjacking. */
  @Test
  @Requirement({"R-24", "A-55"})
  void thePageCannotBeFramed() {
    Reply page = victim.open(app.authorizationUrl());

    assertThat(page.headers().all("X-Frame-Options")).containsExactly("DENY");
    assertThat(page.headers().first("Content-Security-Policy").orElseThrow())
        .contains("frame-ancestors 'none'")
        .contains("default-src 'none'");
  }

  /** CWE-79: names that clients give themselves. */
  @Test
  void aClientsNameIsShownAsText() {
    String metadata =
        """
        {"redirect_uris": ["https://evil.example/callback"], "token_endpoint_auth_method": "none",
         "client_name": "<script>alert(1)</script>\\"><img src=x onerror=alert(1)>"}
        """;
    FakeClient evil =
        new FakeClient(ostiary, AttackedOstiary.json(ostiary.registration(metadata)), EVIL);

    assertThat(FakeExchange.text(victim.open(evil.authorizationUrl())))
        .doesNotContain("<script")
        .doesNotContain("<img");
  }

  private void assertRefused(Reply reply) {
    assertThat(reply.status()).isEqualTo(403);
    assertThat(Set.copyOf(reply.headers().all("Location"))).isEmpty();
    assertThat(ostiary.github.journal().requests()).isEmpty();
    assertThat(victim.cookies.keySet()).noneMatch(name -> name.contains("-sign-in-"));
  }
}
