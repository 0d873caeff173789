package dev.ostiary.authorization.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.FakeBrowser;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.LocalizedText;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.ScopeDescription;
import dev.ostiary.protocol.ScopeEffect;
import dev.ostiary.protocol.Scopes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentPageTest {
  private static final Pages PAGES = Pages.of(new Issuer("https://mcp.example.com"));
  private static final String SITE = "https://app.example.net/callback";

  private static String page(
      Language language, boolean configured, @Nullable String document, String redirectUri) {
    return page(language, configured, document, redirectUri, choice("GitHub", Map.of(), "repo"));
  }

  private static String page(
      Language language,
      boolean configured,
      @Nullable String document,
      String redirectUri,
      ConsentPage.Choice choice) {
    return FakeBrowser.html(
        PAGES.consent(
            language,
            new ConsentPage(
                "Some app",
                new ClientId("client"),
                configured,
                document,
                new RedirectUri(redirectUri),
                List.of(choice),
                new ConsentPage.SignIn("GitHub", false),
                null,
                "csrf",
                "request")));
  }

  private static ConsentPage.Choice choice(
      String title, Map<Scope, ScopeDescription> descriptions, String... scopes) {
    return new ConsentPage.Choice(
        "docs",
        title,
        "https://mcp.example.com/docs/mcp",
        Scopes.of(scopes),
        Scopes.none(),
        Scopes.none(),
        descriptions);
  }

  private static String scopes(Map<Scope, ScopeDescription> descriptions, String... scopes) {
    return scopes(Language.ENGLISH, descriptions, scopes);
  }

  private static String scopes(
      Language language, Map<Scope, ScopeDescription> descriptions, String... scopes) {
    String html = page(language, false, null, SITE, choice("Docs", descriptions, scopes));
    return html.substring(html.indexOf("<ul class=\"scopes\">"), html.indexOf("</ul>"));
  }

  @Test
  void saysOfWhoNamedTheClient() {
    assertThat(page(Language.ENGLISH, false, null, SITE))
        .contains("The app chose this name itself. Nobody has checked it.");
    assertThat(page(Language.ENGLISH, true, null, SITE))
        .contains("The operator of this server has added this app to it.")
        .doesNotContain("chose this name itself");
    assertThat(page(Language.JAPANESE, true, null, SITE))
        .contains("運営者が追加した")
        .doesNotContain("確認されていません");
  }

  @Test
  void marksADomainThatVouchesForAWebSite() {
    assertThat(page(Language.ENGLISH, false, "client.example", SITE))
        .contains("class=\"quiet verified\"", "client.example")
        .doesNotContain("does not prove");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://127.0.0.1:1/cb", "http://app.localhost/cb", "com.example.app:/cb"})
  void marksNoDomainForAProgramOnTheDevice(String redirectUri) {
    assertThat(page(Language.ENGLISH, false, "client.example", redirectUri))
        .contains("client.example", "this does not prove which program is asking")
        .doesNotContain("class=\"quiet verified\"", "is verified");
  }

  @Test
  void showsTheWorstFirstWithASignAndAWord() {
    String list =
        scopes(Map.of(), "offline_access", "read:user", "user:email", "repo", "delete_repo");

    assertThat(list)
        .containsSubsequence(
            "<li class=\"delete\">",
            "Delete your repositories",
            "Can delete",
            "<li class=\"change\">",
            "Can change things",
            "<li class=\"private\">",
            "Private data",
            "<li class=\"read\">",
            "Read your profile",
            "<li class=\"stay\">");
    String profile = scopes(Map.of(), "read:user");
    assertThat(profile).doesNotContain("class=\"effect\"");
    assertThat(sign(profile)).isNotEqualTo(sign(scopes(Map.of(), "repo")));
  }

  private static String sign(String list) {
    return list.substring(list.indexOf("<path"), list.indexOf("</path>"));
  }

  @Test
  void saysWhatTheOperatorSaysInTheLanguageOfThePerson() {
    Map<Scope, ScopeDescription> descriptions =
        Map.of(
            new Scope("board"),
            new ScopeDescription(
                new LocalizedText(Map.of("en", "See the board", "ja", "ボードを見る")), ScopeEffect.READ),
            new Scope("docs"),
            ScopeDescription.of(new Scope("docs"), LocalizedText.of("Change documents")));

    assertThat(scopes(Language.ENGLISH, descriptions, "board", "docs"))
        .contains("See the board", "Change documents");
    assertThat(scopes(Language.JAPANESE, descriptions, "board", "docs"))
        .contains("ボードを見る", "Change documents", "変更できます")
        .doesNotContain("See the board");
  }

  @Test
  void hidesNotThatAPermissionIsNotDescribed() {
    assertThat(scopes(Map.of(), "mcp")).contains("Use everything that this server offers");
    assertThat(scopes(Map.of(), "x-ray"))
        .contains("Permission without a description", "<code>x-ray</code>", "Can change");
  }

  @Test
  void namesAServerByItsTitleOrByItsUrl() {
    assertThat(page(Language.ENGLISH, false, null, SITE, choice("Team docs", Map.of(), "mcp")))
        .contains("What it may do with Team docs", "https://mcp.example.com/docs/mcp");
    String url = "mcp.example.com/docs/mcp";
    assertThat(page(Language.ENGLISH, false, null, SITE, choice(url, Map.of(), "mcp")))
        .contains("What it may do with " + url)
        .doesNotContain("https://" + url + "</p>");
  }
}
