package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person sees and does, in a real browser. */
@ExtendWith(WithProgram.class)
final class PagesIT {
  private static final Path SCREENSHOTS =
      SourceTree.root().resolve("acceptance/target/screenshots");
  private static Chromium chromium;
  private static Program program;
  private static ClientListener client;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    chromium = Chromium.start();
    client = ClientListener.start();
    Path folder = SourceTree.root().resolve("acceptance/target");
    program = Program.startWithPages(Files.createTempDirectory(folder, "data-"));
  }

  @AfterAll
  static void stop() {
    if (program != null) {
      program.close();
    }
    if (client != null) {
      client.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  @Requirement({"A-45", "A-46", "A-51", "A-53"})
  void aPersonReadsWhoAsksAllowsItAndSignsIn() throws IOException, InterruptedException {
    try (Journey journey = new Journey(program);
        BrowserContext context = context()) {
      Journey.Registered registered = journey.register(client.redirectUri());
      Page page = context.newPage();
      page.navigate(journey.authorizationUrl(registered).toString());
      assertThat(page.textContent("main"))
          .contains("Journey", "127.0.0.1", program.server().toString());
      assertThat(context.cookies()).hasSize(1);

      page.click("button[value=approve]");
      assertThat(page.url()).contains("/login");
      screenshot(page, "github-sign-in");
      page.click("text=Sign in as mona");
      page.waitForSelector("button.go");
      screenshot(page, "github-authorize");
      page.click("button.go");
      page.waitForURL(url -> url.startsWith(client.redirectUri()));

      Journey.Code code = journey.code(registered, URI.create(page.url()));
      Journey.Tokens tokens = Journey.tokens(registered, journey.exchange(code));
      assertThat(journey.call(tokens.access())).isEqualTo(200);
    }
  }

  @Test
  void aPersonMayHaveManySignInsOpenAndReloadTheEndOfOne()
      throws IOException, InterruptedException {
    try (Journey journey = new Journey(program);
        BrowserContext context = context()) {
      Journey.Registered registered = journey.register(client.redirectUri());
      List<Page> tabs = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Page tab = context.newPage();
        tab.navigate(journey.authorizationUrl(registered).toString());
        tab.click("button[value=approve]");
        tabs.add(tab);
      }
      Page first = tabs.getFirst();
      List<String> callbacks = new CopyOnWriteArrayList<>();
      first.onRequest(
          request -> {
            if (request.url().startsWith(program.origin().resolve("/callback?").toString())) {
              callbacks.add(request.url());
            }
          });
      first.reload(); // the simulated GitHub knows one sign-in page at a time
      first.click("text=Sign in as mona");
      first.waitForLoadState();
      if (!first.url().startsWith(client.redirectUri())) { // mona has not authorized the app yet
        first.click("button.go");
      }
      first.waitForURL(url -> url.startsWith(client.redirectUri()));
      String answer = first.url();

      first.navigate(callbacks.getFirst());

      assertThat(first.url()).isEqualTo(answer);
      Journey.Code code = journey.code(registered, URI.create(answer));
      assertThat(journey.exchange(code).statusCode()).isEqualTo(200);
      assertThat(journey.exchange(code).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void aPersonWhoSignedInIsNamedTheNextTime() throws IOException, InterruptedException {
    try (Journey journey = new Journey(program);
        BrowserContext context = context()) {
      signIn(journey, context);

      Page page = context.newPage();
      page.navigate(journey.authorizationUrl(journey.register(client.redirectUri())).toString());

      assertThat(page.textContent("main")).contains("octocat");
      screenshot(page, "consent-signed-in");
    }
  }

  @Test
  @Requirement("A-60")
  void twoSignInsAtOnceInOneBrowserBothEndWell() throws IOException, InterruptedException {
    try (Journey journey = new Journey(program);
        BrowserContext context = context()) {
      signIn(journey, context);
      Page one = context.newPage();
      Page other = context.newPage();
      for (Page page : List.of(one, other)) {
        URI url = journey.authorizationUrl(journey.register(client.redirectUri()));
        page.navigate(url + "&scope=read%3Auser%20repo");
        page.click("button[value=approve]");
      }
      for (Page page : List.of(one, other)) {
        page.click("button.go");
        page.waitForURL(url -> url.startsWith(client.redirectUri()));
      }

      assertThat(List.of(one.url(), other.url())).allMatch(url -> url.contains("code="));
    }
  }

  @Test
  void aPersonMaySayNo() throws IOException, InterruptedException {
    try (Journey journey = new Journey(program);
        BrowserContext context = context()) {
      Page page = context.newPage();
      page.navigate(journey.authorizationUrl(journey.register(client.redirectUri())).toString());
      page.click("button[value=deny]");
      page.waitForURL(url -> url.startsWith(client.redirectUri()));

      assertThat(page.url()).contains("error=access_denied", "state=state", "iss=http");
    }
  }

  @Test
  void anotherNameOfThisMachineIsSentToTheRightOne() throws IOException, InterruptedException {
    try (Journey journey = new Journey(program);
        BrowserContext context = context()) {
      String url = journey.authorizationUrl(journey.register(client.redirectUri())).toString();
      Page page = context.newPage();
      page.navigate(url.replace("http://127.0.0.1:", "http://localhost:"));
      screenshot(page, "other-name");
      page.click("main a");

      assertThat(page.url()).startsWith(program.origin() + "/authorize?");
      assertThat(page.textContent("main")).contains("Journey");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "consent, en, LIGHT, 1280",
    "consent, ja, LIGHT, 1280",
    "consent, en, DARK, 1280",
    "consent, ja, DARK, 390",
    "unknown-client, en, LIGHT, 390",
    "unknown-client, ja, DARK, 1280",
    "refused, en, LIGHT, 390",
    "refused, ja, DARK, 1280",
    "landing, en, LIGHT, 390",
    "landing, en, DARK, 1280",
    "landing, ja, LIGHT, 1280",
    "landing, ja, DARK, 390",
    "mcp-server, en, LIGHT, 1280"
  })
  void canBeUsedByEverybody(String which, String language, ColorScheme colors, int width, Npm npm)
      throws IOException, InterruptedException {
    try (Journey journey = new Journey(program);
        BrowserContext context = context(language, colors, width)) {
      Page page = context.newPage();
      page.navigate(address(journey, which));
      page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })");
      screenshot(page, "%s-%s-%s-%d".formatted(which, language, colors, width));
      page.addScriptTag(
          new Page.AddScriptTagOptions().setPath(npm.file("node_modules/axe-core/axe.min.js")));

      Object violations =
          page.evaluate(
              "async () => (await axe.run()).violations.map(v => v.id + ': ' + v.help + ' '"
                  + " + v.nodes.map(n => n.target).join(' '))");
      assertThat(violations).isEqualTo(List.of());
      assertThat(page.getAttribute("html", "lang")).isEqualTo(language);
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
    }
  }

  private static String address(Journey journey, String which)
      throws IOException, InterruptedException {
    return switch (which) {
      case "consent" -> journey.authorizationUrl(journey.register(client.redirectUri())).toString();
      case "landing" -> program.origin().resolve("/").toString();
      case "mcp-server" -> program.origin().resolve("/mcp").toString();
      case "unknown-client" ->
          program.origin().resolve("/authorize?client_id=nobody&response_type=code").toString();
      case "refused" ->
          journey
              .authorizationUrl(journey.register("https://client.example/callback"))
              .toString()
              .replace("response_type=code", "response_type=token");
      default -> throw new IllegalArgumentException(which);
    };
  }

  private static void signIn(Journey journey, BrowserContext context)
      throws IOException, InterruptedException {
    Page page = context.newPage();
    page.navigate(journey.authorizationUrl(journey.register(client.redirectUri())).toString());
    page.click("button[value=approve]");
    atGitHub(page);
  }

  /** GitHub asks for the same approval only once. */
  private static void atGitHub(Page page) {
    page.click("text=Sign in as octocat");
    if (page.locator("button.go").count() > 0) {
      page.click("button.go");
    }
    page.waitForURL(url -> url.startsWith(client.redirectUri()));
  }

  private static BrowserContext context() {
    return chromium.browser().newContext();
  }

  private static BrowserContext context(String language, ColorScheme colors, int width) {
    return chromium
        .browser()
        .newContext(
            new Browser.NewContextOptions()
                .setLocale(language)
                .setColorScheme(colors)
                .setViewportSize(width, 900)
                .setBypassCSP(true));
  }

  private static void screenshot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setFullPage(true).setPath(SCREENSHOTS.resolve(name + ".png")));
  }
}
