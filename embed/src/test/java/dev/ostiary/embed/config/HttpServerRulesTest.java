package dev.ostiary.embed.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.connector.github.GitHubSettings;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                new Allow.Only(new GitHubSettings.Allow(List.of("octocat"), List.of()))))
        .isEmpty();
    assertThat(problems("http://127.0.0.1:8080", new Allow.Unsaid())).isEmpty();
  }

  @Test
  void aConnectorKnowsItsUsersByItself() {
    assertThat(
            ServerRules.check(
                Map.of("github", new ServerEntry(Connector.GITHUB, "/mcp")),
                new Issuer("https://mcp.example.com")))
        .isEmpty();
  }

  @Test
  void aListNamesSomebody() {
    OstiaryConfig config =
        OstiaryConfig.defaults(
                new GitHubSettings(
                    GitHubSettings.GITHUB, "id", new Secret("s"), GitHubSettings.Allow.ANYBODY))
            .servers(
                Map.of(
                    "docs",
                    new ServerEntry(
                        BEHIND, "/docs/mcp", new Allow.Only(GitHubSettings.Allow.ANYBODY))));

    assertThat(ConfigRules.check(config))
        .extracting(Problem::key)
        .containsExactly("servers.docs.allow");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/mcp", "ftp://h/", "http:///x", "http://u@h/", "http://h/#f", "mailto:x"})
  void aBackendIsAnHttpAddress(String uri) {
    var entry = new ServerEntry(HttpServer.at(URI.create(uri)), "/docs/mcp");

    assertThat(ServerRules.check(Map.of("docs", entry), new Issuer("http://127.0.0.1:8080")))
        .extracting(Problem::key)
        .containsExactly("servers.docs.backend");
  }

  @ParameterizedTest
  @CsvSource({"0, 0 B", "1000, 1000 B", "2048, 2 KiB", "4194304, 4 MiB", "1025, 1025 B"})
  void sizesAreWrittenInTheLargestUnit(int bytes, String text) {
    assertThat(Size.format(bytes)).isEqualTo(text);
    assertThat(Size.parse(text)).isEqualTo(bytes);
    assertThat(Size.parse(text.replace(" ", ""))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1 GB", "-1", "4 mib", "1.5 MiB", "2048 MiB"})
  void otherSizesAreNone(String text) {
    assertThatThrownBy(() -> Size.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Problem> problems(String url, Allow allow) {
    return ServerRules.check(
        Map.of("docs", new ServerEntry(BEHIND, "/docs/mcp", allow)), new Issuer(url));
  }
}
