package dev.ostiary.simulator;

import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.simulator.http.Json;
import dev.ostiary.simulator.http.Parameters;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.token.App;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/** A simulated GitHub at {@code http://127.0.0.1:9000} and an application that uses it. */
public final class FakeGitHub {
  static final String CALLBACK = "http://127.0.0.1:8080/callback";
  public static final App APP = App.oauth("client-1", "secret-1", "Ostiary demo", CALLBACK);

  public final FakeTime time = new FakeTime();
  public final SimulatedGitHub github;
  public final FakeBrowser browser;

  private FakeGitHub(SimulatorSettings settings) {
    github = new SimulatedGitHub(settings, time);
    github.at(URI.create("http://127.0.0.1:9000"));
    browser = new FakeBrowser(github);
  }

  public static FakeGitHub of(SimulatorSettings settings) {
    return new FakeGitHub(settings);
  }

  /** With pages. */
  static FakeGitHub withPages() {
    return of(SimulatorSettings.of(APP));
  }

  /** Where octocat approves everything without a page. */
  static FakeGitHub approving() {
    return approving(APP);
  }

  static FakeGitHub approving(App app) {
    return of(SimulatorSettings.of(app).with(Person.approving("octocat")));
  }

  /** Asks for authorization; parameters as name and value in turn. */
  Reply authorize(String... parameters) {
    return browser.open(authorizePath(parameters));
  }

  static String authorizePath(String... parameters) {
    return "/login/oauth/authorize?client_id=client-1" + pairs(parameters);
  }

  public String code(String... parameters) {
    return FakeBrowser.callback(authorize(parameters)).value("code");
  }

  /** Calls the token endpoint with the application's credentials, for JSON. */
  public JsonNode token(String... parameters) {
    Reply reply = tokenReply("client_id=client-1&client_secret=secret-1" + pairs(parameters));
    assertThatStatusIs200(reply);
    return json(reply);
  }

  Reply tokenReply(String form) {
    return tokenReply(form, "application/json");
  }

  Reply tokenReply(String form, String accept) {
    Headers headers =
        Headers.of("Content-Type", "application/x-www-form-urlencoded", "Accept", accept);
    return FakeBrowser.exchange(github, "POST", "/login/oauth/access_token", headers, form);
  }

  /** An access token with these scopes. */
  public String accessToken(String scope) {
    return token("code", code("scope", scope)).path("access_token").stringValue();
  }

  public Reply api(String method, String path, String token, String... headers) {
    Headers all = Headers.of("User-Agent", "test", "Authorization", "Bearer " + token);
    for (int i = 0; i < headers.length; i += 2) {
      all = all.with(headers[i], headers[i + 1]);
    }
    return FakeBrowser.exchange(github, method, "/api/v3" + path, all, "");
  }

  public Reply get(String path, String token, String... headers) {
    return api("GET", path, token, headers);
  }

  /** Calls token management as the application. */
  Reply manage(String method, String path, String token) {
    return manage(method, path, "secret-1", "{\"access_token\": \"" + token + "\"}");
  }

  Reply manage(String method, String path, String secret, String body) {
    String pair = "client-1:" + secret;
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    Headers headers = Headers.of("User-Agent", "test", "Authorization", "Basic " + basic);
    return FakeBrowser.exchange(
        github, method, "/api/v3/applications/client-1" + path, headers, body);
  }

  public static JsonNode json(Reply reply) {
    return Json.read(((Body.Whole) reply.body()).bytes())
        .orElseThrow(() -> new AssertionError("not a JSON object: " + FakeBrowser.text(reply)));
  }

  static String pairs(String... namesAndValues) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      text.append('&').append(Parameters.pair(namesAndValues[i], namesAndValues[i + 1]));
    }
    return text.toString();
  }

  private static void assertThatStatusIs200(Reply reply) {
    if (reply.status() != 200) {
      throw new AssertionError("the token endpoint always answers 200, here " + reply.status());
    }
  }
}
