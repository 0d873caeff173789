package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The way from the consent form over the upstream to the client is one chain of redirects, and
 * Chromium applies the form's content security policy to all of it.
 */
@ExtendWith(WithProgram.class)
final class RedirectChainIT {
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
  @ValueSource(
      strings = {
        "https://client.example/callback",
        "http://127.0.0.1:53684/callback",
        "http://localhost:53684/callback"
      })
  @Requirement({"R-5", "R-8", "A-31"})
  void reachesAClientOnTheWeb(String redirectUri, Program program)
      throws IOException, InterruptedException {
    try (Journey journey = new Journey(program);
        BrowserContext context = chromium.browser().newContext()) {
      List<String> messages = new ArrayList<>();
      Page page = page(context, messages);
      page.navigate(journey.authorizationUrl(journey.register(redirectUri)).toString());

      Request last =
          page.waitForRequest(
              request -> request.url().startsWith(redirectUri + "?code="), () -> approve(page));

      assertThat(last.url()).contains("&state=state&iss=http%3A%2F%2F127.0.0.1");
      assertThat(last.redirectedFrom().response().status()).isEqualTo(303);
      assertThat(messages).noneMatch(text -> text.contains("Content Security Policy"));
    }
  }

  /** No program is there for the scheme, so what Chromium was told is all there is to see. */
  @ParameterizedTest
  @ValueSource(
      strings = {"com.example.app:/callback", "cursor://anysphere.cursor-mcp/oauth/callback"})
  void reachesAProgramWithASchemeOfItsOwn(String redirectUri, Program program)
      throws IOException, InterruptedException {
    try (Journey journey = new Journey(program);
        BrowserContext context = chromium.browser().newContext()) {
      List<String> messages = new ArrayList<>();
      Page page = page(context, messages);
      CDPSession network = context.newCDPSession(page);
      List<String> locations = new ArrayList<>();
      network.on("Network.responseReceivedExtraInfo", event -> location(event, locations));
      network.send("Network.enable");
      page.navigate(journey.authorizationUrl(journey.register(redirectUri)).toString());

      approve(page);
      page.waitForCondition(
          () -> locations.stream().anyMatch(sent -> sent.startsWith(redirectUri + "?code=")));

      assertThat(messages).noneMatch(text -> text.contains("Content Security Policy"));
    }
  }

  private static void location(JsonObject event, List<String> locations) {
    JsonObject headers = event.getAsJsonObject("headers");
    for (String name : headers.keySet()) {
      if (name.equalsIgnoreCase("refresh")) {
        locations.add(headers.get(name).getAsString().substring("0;url=".length()));
      }
    }
  }

  /** The proof that this test sees what it looks for. */
  @Test
  void wouldNotReachTheClientUnderAPolicyForForms(Program program) {
    try (BrowserContext context = chromium.browser().newContext()) {
      List<String> messages = new ArrayList<>();
      Page page = page(context, messages);
      context.route(
          "https://strict.example/**",
          route ->
              route.fulfill(
                  new Route.FulfillOptions()
                      .setHeaders(
                          java.util.Map.of(
                              "Content-Type", "text/html",
                              "Content-Security-Policy", "form-action 'self'"))
                      .setBody(
                          "<form action='https://client.example/callback'>"
                              + "<button value=approve>Allow</button></form>")));
      page.navigate("https://strict.example/");
      page.waitForConsoleMessage(() -> approve(page));

      assertThat(messages).anyMatch(text -> text.contains("form-action"));
      assertThat(URI.create(page.url()).getHost()).isEqualTo("strict.example");
    }
  }

  /** Presses the button as a person does, and waits for nothing: the page may stay as it is. */
  private static void approve(Page page) {
    Locator button = page.locator("button[value=approve]");
    button.scrollIntoViewIfNeeded();
    BoundingBox box = button.boundingBox();
    page.mouse().click(box.x + box.width / 2, box.y + box.height / 2);
  }

  private static Page page(BrowserContext context, List<String> messages) {
    Page page = context.newPage();
    page.onConsoleMessage(message -> messages.add(message.text()));
    return page;
  }
}
