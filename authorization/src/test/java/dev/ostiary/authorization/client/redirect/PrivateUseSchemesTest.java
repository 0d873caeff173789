package dev.ostiary.authorization.client.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.SampleClient;
import dev.ostiary.authorization.client.Clients;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateUseSchemesTest {
  private static final RedirectUri SITE = new RedirectUri("https://app.example/cb");
  private static final RedirectUri SCRIPT = new RedirectUri("acme-script://run?script=x");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example/cb",
        "http://127.0.0.1/cb",
        "com.example.app:/cb",
        "com.googleusercontent.apps.123-abc:/oauth2redirect",
        "xn--fiqs8s.example.app:/cb",
        "cursor://anysphere.cursor-mcp/oauth/callback",
        "CURSOR://anysphere.cursor-mcp/oauth/callback",
        "vscode://vscode.github-authentication/did-authenticate",
        "vscode-insiders://vscode.github-authentication/did-authenticate",
        "windsurf://codeium.windsurf/cb",
        "claude://claude.ai/cb",
      })
  void allowReverseDomainsAndKnownClients(String uri) {
    assertThat(PrivateUseSchemes.DEFAULTS.check(uri)).isEqualTo(Result.ok(new RedirectUri(uri)));
  }

  /** RFC 8252 §7.1: operating systems open these with programs that do as they are told. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "acme-editor://cb",
        "x-apple.systempreferences:/x",
        "hcp://system/x",
        "com:/x",
        "-a.b:/x",
        "macappstore://x",
        "zoommtg://x/join",
      })
  void allowNoOtherScheme(String uri) {
    assertThat(PrivateUseSchemes.DEFAULTS.check(uri)).isInstanceOf(Result.Refused.class);
  }

  @Test
  void allowWhatTheOperatorAdds() {
    PrivateUseSchemes schemes = PrivateUseSchemes.DEFAULTS.and(List.of("acme-editor"));

    assertThat(schemes.check("acme-editor://cb")).isInstanceOf(Result.Ok.class);
    assertThat(schemes.check("cursor://cb")).isInstanceOf(Result.Ok.class);
    assertThat(schemes.check("acme-other://cb"))
        .isEqualTo(Result.refused(RedirectRules.Refusal.SCHEME));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Acme", "acme:", "https", "http", "javascript", "applescript", "ms-x", ""})
  void explainWhatCannotBeAdded(String scheme) {
    assertThat(PrivateUseSchemes.problemOf(scheme)).isPresent();
  }

  @Test
  void holdForClientsThatRegisteredBeforeThem() {
    MemoryStore store = new MemoryStore();
    RegisteredClient before = SampleClient.of("app", SITE.value());
    store.clients().add(before.with(before.metadata().withRedirectUris(List.of(SITE, SCRIPT))));
    Clients clients = Clients.of(store.clients());

    assertThat(clients.find(before.id()).orElseThrow().metadata().redirectUris())
        .containsExactly(SITE);
    assertThat(clients.look(before.id(), "r1"))
        .isInstanceOfSatisfying(
            Result.Ok.class,
            found ->
                assertThat(((RegisteredClient) found.value()).metadata().redirectUris())
                    .containsExactly(SITE));
  }

  @Test
  void leaveAloneWhatTheOperatorNamed() {
    MemoryStore store = new MemoryStore();
    RegisteredClient sample = SampleClient.of("app", SCRIPT.value());
    store
        .clients()
        .add(
            new RegisteredClient(
                sample.id(),
                ClientKind.CONFIGURED,
                null,
                null,
                sample.metadata(),
                sample.registeredAt()));

    assertThat(
            Clients.of(store.clients()).find(sample.id()).orElseThrow().metadata().redirectUris())
        .containsExactly(SCRIPT);
  }
}
