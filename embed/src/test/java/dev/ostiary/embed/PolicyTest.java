package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.embed.config.ConnectorServer;
import dev.ostiary.embed.config.ServerEntry;
import dev.ostiary.embed.config.ServerPolicy;
import dev.ostiary.gateway.policy.Listed;
import dev.ostiary.gateway.policy.OfferedScope;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.policy.RequiredScopes;
import dev.ostiary.http.Reply;
import dev.ostiary.requirements.Requirement;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A policy with scopes of its own, from the metadata to the consent page and the token. */
final class PolicyTest {
  private static final Policy POLICY =
      Policy.builder()
          .scope(OfferedScope.of("tools:use", "Use the <harmless> tools").asDefault())
          .scope(OfferedScope.of("repo", "Look at your code"))
          .scope(OfferedScope.of("tools:all", ""))
          .tool("calculate", RequiredScopes.of("tools:use"))
          .tool("get_github_repos", RequiredScopes.of("repo"))
          .tool("get_user_info", RequiredScopes.of("tools:all"))
          .build();

  private final AttackedOstiary ostiary;

  PolicyTest() throws GeneralSecurityException {
    ServerPolicy policy = new ServerPolicy(POLICY, Listed.USABLE, false);
    ostiary =
        new AttackedOstiary(
            InstantSource.system(),
            config ->
                config.servers(
                    Map.of(
                        "github",
                        new ServerEntry(new ConnectorServer("github"), "/mcp").policy(policy))));
  }

  @AfterEach
  void close() {
    ostiary.close();
  }

  @Test
  @Requirement("A-74")
  void onlyItsDefaultScopesArePublished() {
    JsonNode resource = metadata("/.well-known/oauth-protected-resource/mcp");
    JsonNode server = metadata("/.well-known/oauth-authorization-server");

    assertThat(texts(resource.get("scopes_supported"))).containsExactly("tools:use");
    assertThat(texts(server.get("scopes_supported")))
        .containsExactlyInAnyOrder("tools:use", "offline_access");
    assertThat(ostiary.call("/mcp").headers().first("WWW-Authenticate").orElseThrow())
        .contains("scope=\"tools:use\"");
  }

  @Test
  void theConsentPageSaysWhatEachScopeAllowsAndAsksGitHubOnlyForItsOwn() {
    FakeClient client = ostiary.register("https://client.example/callback");
    Map<String, String> request = client.request();
    request.put("scope", "tools:use repo tools:all unknown");

    String page = FakeExchange.text(ostiary.browser().open(FakeClient.url(request)));

    assertThat(page)
        .contains("Use the &lt;harmless&gt; tools", "Look at your code", "tools:all")
        .contains("<code>repo</code></p>")
        .doesNotContain("unknown", "<harmless>");
  }

  @Test
  @Requirement("A-75")
  void aTokenOpensWhatItsScopesOpen() {
    FakeClient client = ostiary.register("https://client.example/callback");
    Map<String, String> request = client.request();
    request.put("scope", "tools:use repo unknown");
    FakeBrowser browser = ostiary.browser();

    Map<String, String> answer =
        FakeClient.answer(
            FakeBrowser.location(
                browser.open(browser.approve(browser.open(FakeClient.url(request))))));
    FakeClient.Tokens tokens =
        FakeClient.tokens(ostiary.token(client.exchange(answer.getOrDefault("code", ""))));

    assertThat(tokens.scope().split(" ")).containsExactlyInAnyOrder("tools:use", "repo");
    Reply list = ostiary.call("/mcp", "Authorization", "Bearer " + tokens.access());
    assertThat(FakeExchange.text(list))
        .contains("calculate", "get_github_repos", "\"cacheScope\":\"private\"")
        .doesNotContain("get_user_info");
  }

  private JsonNode metadata(String path) {
    return AttackedOstiary.json(ostiary.send("GET", path, ""));
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }
}
