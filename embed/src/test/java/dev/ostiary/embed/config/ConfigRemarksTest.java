package dev.ostiary.embed.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.github.GitHubSettings;
import dev.ostiary.embed.config.credential.Credential;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigRemarksTest {
  private static final AllowRule SOMEBODY = new AllowRule(List.of("octocat"), List.of());

  @Test
  void aPublicServerForAnybodyIsRemarked() {
    assertThat(ConfigRemarks.of(config("https://mcp.example.com", AllowRule.ANYBODY)))
        .singleElement()
        .satisfies(
            remark -> {
              assertThat(remark.what())
                  .isEqualTo(
                      "Anybody with a GitHub account may sign in at https://mcp.example.com.");
              assertThat(remark.remedy()).contains("sign-in.github.allow");
            });
    assertThat(ConfigRemarks.of(config("https://mcp.example.com", SOMEBODY))).isEmpty();
    assertThat(ConfigRemarks.of(config("http://127.0.0.1:8080", AllowRule.ANYBODY))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://docs.internal:9000/mcp, api-key, true",
    "http://docs.internal:9000/mcp, signed-identity, true",
    "http://docs.internal:9000/mcp, identity-headers, true",
    "http://docs.internal:9000/mcp, none, false",
    "https://docs.internal/mcp, api-key, false",
    "http://127.0.0.1:9000/mcp, api-key, false",
    "http://[::1]:9000/mcp, identity-headers, false",
    "http://localhost:9000/mcp, signed-identity, false",
  })
  void whatIsShownOverPlainHttpToAnotherMachineIsRemarked(
      URI backend, String credential, boolean remarked) {
    OstiaryConfig config =
        config("https://mcp.example.com", SOMEBODY)
            .servers(
                Map.of(
                    "docs",
                    new ServerEntry(
                        HttpServer.at(backend).credential(credential(credential)),
                        "/docs/mcp",
                        new Allow.Everyone())));

    List<ConfigRemarks.Remark> remarks = ConfigRemarks.of(config);

    assertThat(remarks).hasSize(remarked ? 1 : 0);
    assertThat(remarks)
        .allMatch(
            remark ->
                remark.what().contains("server docs over plain http, to another machine")
                    && !remark.what().contains("k3y"));
  }

  private static Credential credential(String word) {
    return switch (word) {
      case "api-key" -> new Credential.ApiKey(new Secret("k3y"), "X-API-Key", null);
      case "signed-identity" -> new Credential.SignedIdentity();
      case "identity-headers" -> new Credential.IdentityHeaders();
      default -> new Credential.None();
    };
  }

  private static OstiaryConfig config(String url, AllowRule allow) {
    return OstiaryConfig.at(
        new Issuer(url), new GitHubSettings(GitHubSettings.GITHUB, "id", new Secret("s"), allow));
  }
}
