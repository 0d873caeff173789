package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program with users of its own beside GitHub, in front of a real MCP server. */
@ExtendWith(WithProgram.class)
final class LocalUserIT {
  private static final Path SCREENSHOTS =
      SourceTree.root().resolve("acceptance/target/screenshots");
  private static final String PASSWORD = "correct horse battery staple";

  private static Chromium chromium;
  private static ClientListener client;
  private static NodeProcess backend;
  private static Program program;

  @BeforeAll
  static void start(Npm npm) throws IOException, InterruptedException {
    chromium = Chromium.start();
    client = ClientListener.start();
    backend = npm.startBackend("suite");
    Path folder =
        Files.createTempDirectory(SourceTree.root().resolve("acceptance/target"), "local-");
    int port = FreePort.find();
    program = Program.run(configuration(folder, port, backend.awaitUrl()), folder, port);
  }

  @AfterAll
  static void stop() {
    if (program != null) {
      program.close();
    }
    if (backend != null) {
      backend.close();
    }
    if (client != null) {
      client.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  private static Path configuration(Path folder, int port, String backend)
      throws IOException, InterruptedException {
    return Files.writeString(
        folder.resolve("ostiary.yaml"),
        """
        url: http://127.0.0.1:%d
        data: %s
        sign-in:
          github: { client-id: unused, client-secret: unused }
          local:
            users:
              alice: { password-hash: "%s" }
        servers:
          suite: { backend: "%s", path: /mcp, allow: everyone }
          home: { backend: "%4$s", sign-in: [local], allow: { users: [alice] } }
        """
            .formatted(port, folder.resolve("data"), hash(), backend));
  }

  /** As its operator makes it. */
  private static String hash() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(Program.java());
    command.add("hash-password");
    Process process = new ProcessBuilder(command).start();
    try (var input = process.getOutputStream()) {
      input.write((PASSWORD + "\n").getBytes(StandardCharsets.UTF_8));
    }
    String hash =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    return hash;
  }

  private static void enter(Page page, String user, String password) {
    page.fill("#user", user);
    page.fill("#password", password);
    page.click("button.primary");
  }

  @Test
  void aPersonChoosesAndSignsInWithAPassword() throws IOException, InterruptedException {
    try (Journey journey = new Journey(program);
        BrowserContext context = chromium.browser().newContext()) {
      Journey.Registered registered = journey.register(client.redirectUri());
      Page page = context.newPage();
      page.navigate(journey.authorizationUrl(registered).toString());
      assertThat(page.textContent("h1")).isEqualTo("Choose how to sign in");
      page.click("text=Continue with 127.0.0.1");
      assertThat(page.textContent("main")).contains("Journey", "Sign in another way");
      page.click("button[value=approve]");
      enter(page, "alice", "wrong");
      assertThat(page.textContent("[role=alert]")).contains("wrong");
      enter(page, "alice", PASSWORD);
      page.waitForURL(url -> url.startsWith(client.redirectUri()));

      Journey.Code code = journey.code(registered, URI.create(page.url()));
      Journey.Tokens tokens = Journey.tokens(registered, journey.exchange(code));
      assertThat(journey.call(tokens.access())).isEqualTo(200);
      assertThat(program.audit())
          .anySatisfy(line -> assertThat(line).contains("\"password.refused\"", "\"alice\""))
          .anySatisfy(line -> assertThat(line).contains("\"grant.created\"", "\"local:alice\""));
      assertThat(program.log()).doesNotContain(PASSWORD);
    }
  }

  @Test
  void aServerForLocalUsersOffersNoOtherWay() throws IOException, InterruptedException {
    URI home = program.origin().resolve("/home/mcp");
    try (Journey journey = new Journey(program, home);
        BrowserContext context = chromium.browser().newContext()) {
      Journey.Registered registered = journey.register(client.redirectUri());
      Page page = context.newPage();
      page.navigate(journey.authorizationUrl(registered).toString());
      assertThat(page.textContent("main")).doesNotContain("Sign in another way");
      page.click("button[value=approve]");
      enter(page, "alice", PASSWORD);
      page.waitForURL(url -> url.startsWith(client.redirectUri()));

      Journey.Code code = journey.code(registered, URI.create(page.url()));
      Journey.Tokens tokens = Journey.tokens(registered, journey.exchange(code));
      assertThat(journey.call(tokens.access())).isEqualTo(200);
    }
  }

  @Test
  void aPersonMayCancel() throws IOException, InterruptedException {
    URI home = program.origin().resolve("/home/mcp");
    try (Journey journey = new Journey(program, home);
        BrowserContext context = chromium.browser().newContext()) {
      Page page = context.newPage();
      page.navigate(journey.authorizationUrl(journey.register(client.redirectUri())).toString());
      page.click("button[value=approve]");
      page.click("button[value=cancel]");
      page.waitForURL(url -> url.startsWith(client.redirectUri()));

      assertThat(page.url()).contains("error=access_denied");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "choose, en, LIGHT, 390",
    "choose, ja, DARK, 1280",
    "password, en, LIGHT, 1280",
    "password, ja, DARK, 390",
    "wrong, en, DARK, 390"
  })
  void canBeUsedByEverybody(String which, String language, ColorScheme colors, int width, Npm npm)
      throws IOException, InterruptedException {
    URI server = which.equals("choose") ? program.server() : program.origin().resolve("/home/mcp");
    try (Journey journey = new Journey(program, server);
        BrowserContext context =
            chromium
                .browser()
                .newContext(
                    new Browser.NewContextOptions()
                        .setLocale(language)
                        .setColorScheme(colors)
                        .setViewportSize(width, 844)
                        .setBypassCSP(true))) {
      Page page = context.newPage();
      page.navigate(journey.authorizationUrl(journey.register(client.redirectUri())).toString());
      if (!which.equals("choose")) {
        page.click("button[value=approve]");
      }
      if (which.equals("wrong")) {
        enter(page, "nobody", "whatever");
      }
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(
                  SCREENSHOTS.resolve(
                      "%s-%s-%s-%d.png".formatted(which, language, colors, width))));
      page.addScriptTag(
          new Page.AddScriptTagOptions().setPath(npm.file("node_modules/axe-core/axe.min.js")));

      assertThat(
              page.evaluate(
                  "async () => (await axe.run()).violations.map(v => v.id + ': ' + v.help)"))
          .isEqualTo(List.of());
      assertThat(page.getAttribute("html", "lang")).isEqualTo(language);
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
    }
  }
}
