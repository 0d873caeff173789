package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import dev.ostiary.authorization.page.Language;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.requirements.Requirement;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where things are on the consent page, for every kind of client, in a real browser. */
@ExtendWith(WithProgram.class)
final class ConsentLayoutIT {
  private static final Path SCREENSHOTS =
      SourceTree.root().resolve("acceptance/target/screenshots");
  private static final Pages PAGES = Pages.of(new Issuer("https://mcp.example.com"));
  private static Chromium chromium;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @ParameterizedTest
  @Requirement({"A-45", "A-53"})
  @CsvSource({
    "ENGLISH, LIGHT, 1280, 800",
    "ENGLISH, DARK, 1280, 800",
    "ENGLISH, LIGHT, 390, 844",
    "ENGLISH, DARK, 390, 844",
    "JAPANESE, LIGHT, 1280, 800",
    "JAPANESE, DARK, 1280, 800",
    "JAPANESE, LIGHT, 390, 844",
    "JAPANESE, DARK, 390, 844"
  })
  void canBeAnsweredWithoutScrolling(
      Language language, ColorScheme colors, int width, int height, Npm npm) {
    try (BrowserContext context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setColorScheme(colors)
                    .setViewportSize(width, height))) {
      Page page = context.newPage();
      for (ConsentVariants variant : ConsentVariants.values()) {
        String name = "%s-%s-%s-%d".formatted(variant, language, colors, width);
        page.setContent(html(PAGES.consent(language, variant.page())));
        page.evaluate("window.scrollTo(0, 0)");
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name.toLowerCase(Locale.ROOT) + ".png")));

        for (String button : List.of("approve", "deny")) {
          BoundingBox box = page.locator("button[value=" + button + "]").boundingBox();
          assertThat(box.x).as(name).isNotNegative();
          assertThat(box.x + box.width).as(name).isLessThanOrEqualTo(width);
          assertThat(box.y).as(name).isNotNegative();
          assertThat(box.y + box.height).as(name).isLessThanOrEqualTo(height);
        }
        assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
            .as(name)
            .isEqualTo(true);
        hasTheDestinationBelowASmallerName(page, name);
        foldsAddressesAndIds(page, name);
        isReachedByTabInTheOrderItIsSeen(page, name);
        if (language == Language.ENGLISH) { // it takes its time, and markup is the same in each
          assertThat(violations(page, npm)).as(name).isEqualTo(List.of());
        }
      }
    }
  }

  private static void hasTheDestinationBelowASmallerName(Page page, String name) {
    assertThat(fontSize(page, ".name"))
        .as(name)
        .isLessThan(fontSize(page, ".place"))
        .isLessThan(fontSize(page, "h1"));
    BoundingBox client = page.locator(".name").boundingBox();
    BoundingBox place = page.locator(".place").boundingBox();
    assertThat(place.y - (client.y + client.height)).as(name).isBetween(0.0, 1.0);
  }

  private static double fontSize(Page page, String selector) {
    Object size =
        page.evaluate(
            "at => parseFloat(getComputedStyle(document.querySelector(at)).fontSize)", selector);
    return ((Number) size).doubleValue();
  }

  private static void foldsAddressesAndIds(Page page, String name) {
    assertThat(page.locator("details:not([open])").count()).as(name).isEqualTo(2);
    assertThat(page.locator("details dd:visible").count()).as(name).isZero();
    assertThat(page.locator("script").count()).as(name).isZero();
  }

  /** At its end, where nothing lies over anything else, the page has everything in its place. */
  private static void isReachedByTabInTheOrderItIsSeen(Page page, String name) {
    Object unordered =
        page.evaluate(
            """
            () => {
              document.querySelectorAll('details').forEach(each => { each.open = true; });
              window.scrollTo(0, document.documentElement.scrollHeight);
              const boxes = [...document.querySelectorAll('input:not([type=hidden]), button, a, summary')]
                  .map(each => ({at: each.textContent.trim(), box: each.getBoundingClientRect()}));
              return boxes.slice(1)
                  .filter((each, i) => each.box.top < boxes[i].box.top - 1
                      || (Math.abs(each.box.top - boxes[i].box.top) <= 1
                          && each.box.left < boxes[i].box.left))
                  .map(each => each.at);
            }
            """);
    assertThat(unordered).as(name).isEqualTo(List.of());
    Object hidden =
        page.evaluate(
            """
            () => {
              const bar = document.querySelector('.decision');
              return [...document.querySelectorAll('input:not([type=hidden]), summary')]
                  .filter(each => {
                    window.scrollTo(0, 0);
                    each.focus();
                    return each.getBoundingClientRect().bottom > bar.getBoundingClientRect().top;
                  })
                  .map(each => each.textContent.trim());
            }
            """);
    assertThat(hidden).as(name + ": behind the buttons when it has the focus").isEqualTo(List.of());
  }

  private static Object violations(Page page, Npm npm) {
    page.addScriptTag(
        new Page.AddScriptTagOptions().setPath(npm.file("node_modules/axe-core/axe.min.js")));
    return page.evaluate(
        "async () => (await axe.run()).violations.map(v => v.id + ': ' + v.help + ' '"
            + " + v.nodes.map(n => n.target).join(' '))");
  }

  /** The page with its stylesheet in it, as no server is asked for one. */
  private static String html(Reply page) {
    Request request =
        new Request(
            "5e1f0000c0ffee00",
            "GET",
            PAGES.stylesheet().route().path(),
            "",
            Headers.none(),
            Body.empty(),
            InetAddress.getLoopbackAddress());
    String css = text(PAGES.stylesheet().handle(request));
    return text(page)
        .replaceFirst("<link rel=\"stylesheet\"[^>]*>", "")
        .replace("</head>", "<style>" + css + "</style></head>");
  }

  private static String text(Reply reply) {
    return ((Body.Whole) reply.body()).utf8();
  }
}
