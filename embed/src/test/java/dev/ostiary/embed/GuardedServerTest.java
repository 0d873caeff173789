package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.connector.AllowRule;
import dev.ostiary.embed.config.Allow;
import dev.ostiary.embed.config.HttpServer;
import dev.ostiary.embed.config.ServerEntry;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.testkit.ServiceOutbound;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A server behind Ostiary, from the sign-in to its answers. */
final class GuardedServerTest {
  private static final String WIKI = AttackedOstiary.URL + "/wiki/mcp";
  private static final String INITIALIZE =
      """
      {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-11-25", "capabilities": {}}}
      """;

  private final List<Request> heard = new CopyOnWriteArrayList<>();

  @Test
  @Requirement({"A-20", "T-57"})
  void isReachedWithATokenForItAndNeverSeesTheToken() throws GeneralSecurityException {
    try (AttackedOstiary ostiary = with(new Allow.Everyone())) {
      FakeClient client = ostiary.register("http://127.0.0.1:43999/callback");
      FakeClient.Tokens tokens = signIn(ostiary, client);

      Reply reply = ostiary.call("/wiki/mcp", "Authorization", "Bearer " + tokens.access());

      assertThat(FakeExchange.text(reply))
          .isEqualTo(
              "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\"}}");
      assertThat(tokens.scope()).isEqualTo("mcp");
      assertThat(heard).hasSize(1);
      assertThat(heard.getFirst().path()).isEqualTo("/up");
      assertThat(heard.getFirst().headers().has("Authorization")).isFalse();
      assertThat(ostiary.call("/docs/mcp", "Authorization", "Bearer " + tokens.access()).status())
          .isEqualTo(401);
    }
  }

  @Test
  void asksGitHubForNoScopeThatIsOurs() throws GeneralSecurityException {
    try (AttackedOstiary ostiary = with(new Allow.Everyone())) {
      FakeClient client = ostiary.register("http://127.0.0.1:43999/callback");
      FakeBrowser browser = ostiary.browser();
      Reply page = browser.open(FakeClient.url(request(client)));

      String authorize = FakeBrowser.location(browser.decide(page, "approve"));

      assertThat(FakeClient.answer(authorize)).containsEntry("scope", "");
    }
  }

  @Test
  void isForThoseOnItsListOnly() throws GeneralSecurityException {
    for (String user : List.of("octocat", "somebody-else")) {
      try (AttackedOstiary ostiary =
          with(new Allow.Only(new AllowRule(List.of(user), List.of())))) {
        FakeClient client = ostiary.register("http://127.0.0.1:43999/callback");
        String token = "Bearer " + signIn(ostiary, client).access();

        int status = ostiary.call("/wiki/mcp", "Authorization", token).status();

        assertThat(status).isEqualTo(user.equals("octocat") ? 200 : 403);
      }
    }
    assertThat(heard).hasSize(1);
  }

  @Test
  @Requirement({"A-70", "T-45"})
  void hasSessionsThatAreSealed() throws GeneralSecurityException {
    try (AttackedOstiary ostiary = with(new Allow.Everyone())) {
      FakeClient client = ostiary.register("http://127.0.0.1:43999/callback");
      Headers headers =
          Headers.of(
              "Authorization",
              "Bearer " + signIn(ostiary, client).access(),
              "Content-Type",
              "application/json");
      String id =
          ostiary
              .send("POST", "/wiki/mcp", INITIALIZE, headers)
              .headers()
              .first("Mcp-Session-Id")
              .orElseThrow();

      Headers inSession = headers.with("Mcp-Session-Id", id);
      String list = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
      Reply good = ostiary.send("POST", "/wiki/mcp", list, inSession);
      Reply forged =
          ostiary.send("POST", "/wiki/mcp", list, headers.with("Mcp-Session-Id", flipped(id)));

      assertThat(id).matches("[A-Za-z0-9_-]+").doesNotContain("the-backends-own");
      assertThat(good.status()).isEqualTo(200);
      assertThat(heard.getLast().headers().first("Mcp-Session-Id")).contains("the-backends-own");
      assertThat(forged.status()).isEqualTo(404);
      assertThat(heard).hasSize(2);
    }
  }

  private static String flipped(String id) {
    char last = id.charAt(id.length() - 2);
    return id.substring(0, id.length() - 2)
        + (last == 'A' ? 'B' : 'A')
        + id.charAt(id.length() - 1);
  }

  private AttackedOstiary with(Allow allow) throws GeneralSecurityException {
    HttpServer behind = HttpServer.at(URI.create("http://wiki.internal:9000/up"));
    return new AttackedOstiary(
        Map.of("wiki", new ServerEntry(behind, "/wiki/mcp", allow)),
        _ -> new ServiceOutbound(FakeExchange.answering(this::answer)));
  }

  private void answer(Exchange exchange) {
    Optional<Reply> discovered = SampleDiscovery.answer(exchange.request().body().utf8());
    if (discovered.isPresent()) {
      exchange.reply(discovered.get());
      return;
    }
    heard.add(exchange.request());
    exchange.reply(
        Reply.json(
                200,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\"}}")
            .with("Mcp-Session-Id", "the-backends-own"));
  }

  private static FakeClient.Tokens signIn(AttackedOstiary ostiary, FakeClient client) {
    FakeBrowser browser = ostiary.browser();
    String back = browser.approve(browser.open(FakeClient.url(request(client))));
    String code = FakeClient.answer(FakeBrowser.location(browser.open(back))).get("code");
    return FakeClient.tokens(ostiary.token(client.exchange(String.valueOf(code))));
  }

  private static Map<String, String> request(FakeClient client) {
    Map<String, String> request = client.request();
    request.put("scope", "mcp");
    request.put("resource", WIKI);
    return request;
  }
}
