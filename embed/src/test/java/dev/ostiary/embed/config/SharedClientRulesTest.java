package dev.ostiary.embed.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.config.Problem;
import dev.ostiary.embed.config.foreign.ForeignAuthorization;
import dev.ostiary.embed.config.foreign.ForeignAuthorization.Registration;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SharedClientRulesTest {
  private static final Issuer URL = new Issuer("https://mcp.example.com");
  private static final String KEY = "authorization-server.registration";

  private static ServerEntry backend(String path) {
    return new ServerEntry(
        HttpServer.at(URI.create("https://docs.internal/mcp")), path, new Allow.Everyone());
  }

  private static ForeignAuthorization with(String clientId, Map<String, String> parameters) {
    return ForeignAuthorization.at("https://login.acme.example")
        .registration(new Registration(clientId, new Secret("s3cr3t"), parameters));
  }

  private static OstiaryConfig above(ForeignAuthorization foreign, ServerEntry docs) {
    Map<String, ServerEntry> servers = new LinkedHashMap<>();
    servers.put("docs", docs);
    servers.put("wiki", backend("/wiki/mcp"));
    return OstiaryConfig.gateway(URL, foreign).servers(servers);
  }

  @Test
  void needsNoSignInAndMakesOstiaryAnAuthorizationServer() {
    OstiaryConfig config = above(with("shared", Map.of()), backend("/docs/mcp"));

    assertThat(ConfigKeys.check(config)).isEmpty();
    assertThat(config.issuesTokens()).isFalse();
    assertThat(config.isAuthorizationServer()).isTrue();
  }

  @Test
  void isOffWithoutIt() {
    OstiaryConfig config =
        above(ForeignAuthorization.at("https://login.acme.example"), backend("/docs/mcp"));

    assertThat(config.isAuthorizationServer()).isFalse();
  }

  @Test
  void saysWhichRedirectUrisHaveToBeRegistered() {
    List<Problem> problems = ConfigKeys.check(above(with("", Map.of()), backend("/docs/mcp")));

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().key()).isEqualTo(KEY + ".client-id");
    assertThat(problems.getFirst().remedy())
        .contains(
            "https://mcp.example.com/callback/as.docs and"
                + " https://mcp.example.com/callback/as.wiki");
  }

  @Test
  void isLookedAtWhereAServerHasItsOwn() {
    List<Problem> problems =
        ConfigKeys.check(
            above(
                with("shared", Map.of()),
                backend("/docs/mcp").authorizationServer(with("", Map.of()))));

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().key()).isEqualTo("servers.docs." + KEY + ".client-id");
    assertThat(problems.getFirst().remedy())
        .contains("https://mcp.example.com/callback/as.docs")
        .doesNotContain("wiki");
  }

  @Test
  void setsItsOwnParametersItself() {
    List<Problem> problems =
        ConfigKeys.check(
            above(
                with("shared", Map.of("redirect_uri", "https://evil.example", "prompt", "login")),
                backend("/docs/mcp")));

    assertThat(problems).extracting(Problem::key).containsExactly(KEY + ".parameters.redirect_uri");
  }

  @Test
  void doesNotGoWithASignIn() {
    List<Problem> problems =
        ConfigKeys.check(
            above(with("shared", Map.of()), backend("/docs/mcp").signIn(List.of("github"))));

    assertThat(problems).extracting(Problem::key).containsExactly("servers.docs.sign-in");
  }
}
