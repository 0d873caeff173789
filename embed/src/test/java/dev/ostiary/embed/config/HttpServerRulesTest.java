package dev.ostiary.embed.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.config.Problem;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.github.GitHubSettings;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpServerRulesTest {
  private static final HttpServer BEHIND = HttpServer.at(URI.create("http://127.0.0.1:9000/mcp"));

  @Test
  void aBackendOnAPublicUrlSaysWhoMayUseIt() {
    assertThat(problems("https://mcp.example.com", new Allow.Unsaid()))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.key()).isEqualTo("servers.docs.allow");
              assertThat(problem.what()).startsWith("is missing");
            });
    assertThat(problems("https://mcp.example.com", new Allow.Everyone())).isEmpty();
    assertThat(
            problems(
                "https://mcp.example.com",
                new Allow.Only(new AllowRule(List.of("octocat"), List.of()))))
        .isEmpty();
    assertThat(problems("http://127.0.0.1:8080", new Allow.Unsaid())).isEmpty();
  }

  @Test
  void aConnectorKnowsItsUsersByItself() {
    assertThat(
            problems(
                "https://mcp.example.com",
                Map.of("github", new ServerEntry(new ConnectorServer("github"), "/mcp"))))
        .isEmpty();
  }

  @Test
  void aListNamesSomebody() {
    OstiaryConfig config =
        OstiaryConfig.defaults(
                new GitHubSettings(GitHubSettings.GITHUB, "id", new Secret("s"), AllowRule.ANYBODY))
            .servers(
                Map.of(
                    "docs",
                    new ServerEntry(BEHIND, "/docs/mcp", new Allow.Only(AllowRule.ANYBODY))));

    assertThat(ConfigKeys.check(config))
        .extracting(Problem::key)
        .containsExactly("servers.docs.allow");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/mcp", "ftp://h/", "http:///x", "http://u@h/", "http://h/#f", "mailto:x"})
  void aBackendIsAnHttpAddress(String uri) {
    var entry = new ServerEntry(HttpServer.at(URI.create(uri)), "/docs/mcp");

    assertThat(problems("http://127.0.0.1:8080", Map.of("docs", entry)))
        .extracting(Problem::key)
        .containsExactly("servers.docs.backend");
  }

  private static List<Problem> problems(String url, Allow allow) {
    return problems(url, Map.of("docs", new ServerEntry(BEHIND, "/docs/mcp", allow)));
  }

  private static List<Problem> problems(String url, Map<String, ServerEntry> servers) {
    return ConfigKeys.check(
        OstiaryConfig.at(
                new Issuer(url),
                new GitHubSettings(GitHubSettings.GITHUB, "id", new Secret("s"), AllowRule.ANYBODY))
            .servers(servers));
  }
}
