package dev.ostiary.authorization.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.FakeBrowser;
import dev.ostiary.authorization.FakeSignIn;
import dev.ostiary.authorization.client.assertion.KeyRefusal;
import dev.ostiary.authorization.client.document.DocumentRefusal;
import dev.ostiary.authorization.client.redirect.RedirectRules;
import dev.ostiary.authorization.client.redirect.RedirectTarget;
import dev.ostiary.authorization.client.registration.RegistrationRefusal;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.fetch.FetchRefusal;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.ClientIdUrl;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.registration.ClientDocument;
import dev.ostiary.requirements.Requirement;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
  private static final RedirectUri SITE = new RedirectUri("https://app.example.net/callback");
  private static final Pages PAGES = Pages.of(new Issuer("https://mcp.example.com"));

  static Stream<Problem> problems() {
    return Stream.of(
        new Problem.ParameterRepeated("scope"),
        new Problem.ParametersMalformed(),
        new Problem.ClientIdMissing(),
        new Problem.ClientUnknown("id"),
        new Problem.ClientChanged(),
        new Problem.RedirectMissing(),
        new Problem.RedirectUnknown("https://evil.example/", List.of(), null),
        new Problem.RedirectUnknown(
            "https://evil.example/", List.of("https://a.example/"), "client.example"),
        new Problem.DocumentsOff("https://client.example/c"),
        new Problem.StateTooLong(4096),
        new Problem.FormForeign(24),
        new Problem.FormExpired(),
        new Problem.FormIncomplete(),
        new Problem.CallbackForeign(24),
        new Problem.TooManyRequests(2),
        new Problem.Unavailable());
  }

  static Stream<Problem> documentProblems() {
    return Stream.<Stream<? extends DocumentRefusal>>of(
            Stream.of(ClientIdUrl.Refusal.values()).map(DocumentRefusal.UrlMalformed::new),
            Stream.of(
                new DocumentRefusal.DomainNotTrusted(),
                new DocumentRefusal.NotRegistrable(
                    new RegistrationRefusal.MethodUnsupported(
                        List.of(ClientAuthenticationMethod.NONE))),
                new DocumentRefusal.NotRegistrable(new RegistrationRefusal.GrantTypesUnsupported()),
                new DocumentRefusal.NotRegistrable(
                    new RegistrationRefusal.ResponseTypesUnsupported()),
                new DocumentRefusal.NotRegistrable(new RegistrationRefusal.ScopeMalformed())),
            Stream.of(RedirectRules.Refusal.values())
                .map(why -> new RegistrationRefusal.BadRedirectUri(0, why))
                .map(DocumentRefusal.NotRegistrable::new),
            Stream.of(KeyRefusal.values())
                .map(RegistrationRefusal.BadKeys::new)
                .map(DocumentRefusal.NotRegistrable::new),
            Stream.of(
                    new FetchRefusal.UrlNotFetchable(),
                    new FetchRefusal.HostDisguised(),
                    new FetchRefusal.AddressNotPublic(),
                    new FetchRefusal.NameUnknown(),
                    new FetchRefusal.Unreachable(),
                    new FetchRefusal.NoTls(),
                    new FetchRefusal.TooLate(),
                    new FetchRefusal.Redirected(302),
                    new FetchRefusal.StatusNotOk(404),
                    new FetchRefusal.NotJson(),
                    new FetchRefusal.Encoded(),
                    new FetchRefusal.TooLarge(5120),
                    new FetchRefusal.BrokenOff(),
                    new FetchRefusal.Busy())
                .map(DocumentRefusal.NotFetched::new),
            Stream.of(
                    new ClientDocument.Refusal.NotAnObject(),
                    new ClientDocument.Refusal.Missing("client_name"),
                    new ClientDocument.Refusal.OtherClient(),
                    new ClientDocument.Refusal.Secret("client_secret"),
                    new ClientDocument.Refusal.SecretMethod(),
                    new ClientDocument.Refusal.Malformed("scope", "must be a string"))
                .map(DocumentRefusal.NotADocument::new))
        .flatMap(refusals -> refusals)
        .map(refusal -> new Problem.DocumentUnusable("https://client.example/c", refusal));
  }

  @ParameterizedTest
  @MethodSource("documentProblems")
  void sayWhatIsWrongWithADocumentInBothLanguages(Problem problem) {
    String english = FakeBrowser.html(PAGES.problem(Language.ENGLISH, problem, "7f3c"));
    String japanese = FakeBrowser.html(PAGES.problem(Language.JAPANESE, problem, "7f3c"));

    assertThat(english).contains("Nothing was shared", "https://client.example/c");
    assertThat(japanese).contains("何も共有されていません", "https://client.example/c");
  }

  static Stream<Reply> withoutForms() {
    return Stream.of(
        PAGES.problem(Language.ENGLISH, new Problem.FormExpired(), "7f3c"),
        PAGES.returnToApp(Language.ENGLISH, SITE, SITE.value(), Map.of("error", "x")),
        PAGES.notAllowed(
            Language.ENGLISH,
            new NotAllowedPage("octocat", "GitHub", SITE, SITE.value(), "/authorize?x", "7f3c")),
        PAGES.misconfigured(Language.ENGLISH, "GitHub", "Enter this.", SITE, SITE.value(), "7f3c"),
        PAGES.wrongHost(Language.ENGLISH, ""));
  }

  @ParameterizedTest
  @Requirement({"A-55", "R-24"})
  @MethodSource("withoutForms")
  void loadNothingCannotBeFramedAndPostNowhere(Reply page) {
    assertThat(page.headers().first("Content-Security-Policy"))
        .contains(
            "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none';"
                + " frame-ancestors 'none'; form-action 'none'");
    assertThat(page.headers().first("X-Frame-Options")).contains("DENY");
    assertThat(page.headers().first("Referrer-Policy")).contains("no-referrer");
    assertThat(page.headers().first("Cache-Control")).contains("no-store");
    assertThat(page.headers().first("X-Content-Type-Options")).contains("nosniff");
    assertThat(FakeBrowser.html(page))
        .startsWith("<!DOCTYPE html>")
        .contains("<main", "<h1>", "<html lang=\"en\">")
        .doesNotContain("<script", " style=", "onclick");
  }

  @ParameterizedTest
  @MethodSource("problems")
  void explainEveryProblemInBothLanguages(Problem problem) {
    Explanation english = Explanation.of(problem, Language.ENGLISH.texts());
    Explanation japanese = Explanation.of(problem, Language.JAPANESE.texts());
    assertThat(List.of(english.heading(), english.person(), english.developer()))
        .allSatisfy(text -> assertThat(text).matches("[\\p{ASCII}“”’§]+"));
    assertThat(List.of(japanese.heading(), japanese.person(), japanese.developer()))
        .allSatisfy(text -> assertThat(text).containsPattern("[\\p{IsHiragana}\\p{IsKatakana}]"));
    assertThat(problem.status()).isIn(400, 403, 429, 503);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "ja|ja",
        "ja-JP,ja;q=0.9,en;q=0.8|ja",
        "fr,ja;q=0.5,en;q=0.4|ja",
        "en-GB,ja|en",
        "fr|en",
        "ja;q=x|en",
        "''|en"
      },
      delimiter = '|')
  void speakTheLanguageThatTheBrowserPrefers(String accepted, String expected) {
    Language language = Language.of(Headers.of("Accept-Language", accepted));
    assertThat(FakeBrowser.html(PAGES.problem(language, new Problem.FormExpired(), "7f3c")))
        .contains("<html lang=\"" + expected + "\">");
  }

  @Test
  void aProblemHasTheReferenceOfItsRequest() {
    assertThat(FakeBrowser.html(PAGES.problem(Language.ENGLISH, new Problem.FormExpired(), "7f3c")))
        .contains("If you ask for help, give this reference: <code>7f3c</code>");
  }

  @Test
  void speakEnglishToWhoNamesTooManyLanguages() {
    assertThat(Language.of(Headers.of("Accept-Language", "ja," + "x,".repeat(400))))
        .isEqualTo(Language.ENGLISH);
  }

  @Test
  void escapeWhateverIsNotTheirs() {
    String evil = "\"><script>alert(1)</script>";
    for (Reply page :
        List.of(
            PAGES.problem(Language.ENGLISH, new Problem.ClientUnknown(evil), "7f3c"),
            PAGES.returnToApp(
                Language.ENGLISH, SITE, SITE.value() + "?x=" + evil, Map.of(evil, evil)),
            PAGES.notAllowed(
                Language.ENGLISH, new NotAllowedPage(evil, evil, SITE, evil, evil, evil)),
            PAGES.backToProgram(Language.ENGLISH, evil, new RedirectUri("cursor://a/cb"), evil),
            PAGES.misconfigured(Language.ENGLISH, evil, evil, SITE, evil, evil),
            PAGES.wrongHost(Language.ENGLISH, "http://127.0.0.1/?" + evil))) {
      assertThat(FakeBrowser.html(page)).doesNotContain("<script");
    }
  }

  @Test
  void sayEveryScopeWeKnowInWordsOfEachLanguage() {
    for (String scope :
        List.of("read:user", "user:email", "repo", "public_repo", "read:org", "offline_access")) {
      assertThat(Language.ENGLISH.texts().scope(new Scope(scope)))
          .isNotEqualTo(Language.ENGLISH.texts().scope(new Scope("unknown")));
      assertThat(Language.JAPANESE.texts().scope(new Scope(scope)))
          .isNotEqualTo(Language.JAPANESE.texts().scope(new Scope("unknown")));
    }
  }

  @Test
  void keepTheirStylesheetForGoodUnderAPathOfItsContent() {
    FakeSignIn server = FakeSignIn.local();
    String html = FakeBrowser.html(server.ask(server.browser()));
    int start = html.indexOf("/assets/ostiary-");
    Reply css = server.browser().get(html.substring(start, html.indexOf('"', start)));
    assertThat(css.status()).isEqualTo(200);
    assertThat(css.headers().first("Content-Type")).contains("text/css; charset=utf-8");
    assertThat(css.headers().first("Cache-Control"))
        .contains("public, max-age=31536000, immutable");
    assertThat(FakeBrowser.html(css))
        .contains("prefers-color-scheme: dark")
        .doesNotContain("url(", "@import");
  }

  @ParameterizedTest
  @Requirement("A-45")
  @CsvSource({
    "https://app.example.net/cb,WEB,app.example.net",
    "https://app.example.net:8443/cb,WEB,app.example.net",
    "http://localhost:3334/oauth/callback,LOOPBACK,localhost",
    "http://[::1]:3334/cb,LOOPBACK,[::1]",
    "https://bücher.example/cb,WEB,xn--bcher-kva.example",
    "com.example.app:/callback,CUSTOM_SCHEME,com.example.app"
  })
  void showWhereAnAnswerGoes(String uri, RedirectTarget.Kind kind, String name) {
    assertThat(RedirectTarget.of(new RedirectUri(uri))).isEqualTo(new RedirectTarget(kind, name));
  }

  @Test
  void shortenNamesThatAreNoNames() {
    assertThat(ClientName.shown("x".repeat(500))).hasSize(61).endsWith("…");
    assertThat(ClientName.shown(" a\u200b\u2067 \n\t b ")).isEqualTo("a b");
    assertThat(ClientName.shown("\u202e")).isEmpty();
    assertThat(ClientName.shown(null)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "Claude Code|Claude Code",
        "Clаudе Code|Cl[а]ud[е] Code",
        "Ωmega|[Ω]mega",
        "Яндекс Диск|Яндекс Диск",
        "Яндекс Диск x|Яндекс Диск [x]",
        "ぼくの GitHub アプリー 2 号|ぼくの GitHub アプリー 2 号",
        "我的 App|我的 App",
        "한국 App 漢|한국 App 漢",
        "ぼく한|ぼく[한]",
        "Café ☕ 42|Café ☕ 42",
        "''|''"
      },
      delimiter = '|')
  void markLettersOfScriptsThatAreNotWrittenTogether(String name, String expected) {
    assertThat(
            ClientName.parts(name).stream()
                .map(part -> part.foreign() ? "[" + part.text() + "]" : part.text())
                .collect(Collectors.joining()))
        .isEqualTo(expected);
  }

  @Test
  void sayInADemonstrationThatTheyBelongToOne() {
    Pages pages = Pages.of(new Issuer("https://mcp.example.com"), new PageSettings(null, true));
    Problem problem = new Problem.FormExpired();

    assertThat(FakeBrowser.html(pages.problem(Language.ENGLISH, problem, "7f3c")))
        .contains("Demonstration:");
    assertThat(FakeBrowser.html(PAGES.problem(Language.ENGLISH, problem, "7f3c")))
        .doesNotContain("Demonstration:");
  }

  @Test
  void nameTheContactOnPagesAboutProblems() {
    Contact contact = Contact.parse("mailto:help@example.com?subject=Sign-in").orElseThrow();
    Pages pages = Pages.of(new Issuer("https://mcp.example.com"), new PageSettings(contact, false));

    assertThat(FakeBrowser.html(pages.problem(Language.ENGLISH, new Problem.FormExpired(), "7f3c")))
        .contains(
            "Contact the operator:",
            "href=\"mailto:help@example.com?subject=Sign-in\"",
            ">help@example.com</a>");
    assertThat(FakeBrowser.html(PAGES.problem(Language.ENGLISH, new Problem.FormExpired(), "7f3c")))
        .doesNotContain("Contact the operator");
    assertThat(Contact.parse("help@example.com"))
        .contains(new Contact(URI.create("mailto:help@example.com")));
    assertThat(Contact.parse("https://example.com/help").map(Contact::shown))
        .contains("example.com/help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"javascript:alert(1)", "http://example.com", "", "https:x"})
  void nameNoContactThatIsNeitherMailNorASite(String text) {
    assertThat(Contact.parse(text)).isEmpty();
  }
}
