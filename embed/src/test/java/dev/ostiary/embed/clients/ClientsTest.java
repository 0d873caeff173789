package dev.ostiary.embed.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every known client, replayed through the whole server: from a URL to calls and beyond. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClientsTest {
  private Site site;

  @BeforeAll
  void open() throws Exception {
    site = new Site();
  }

  @AfterAll
  void close() {
    site.close();
  }

  static Stream<Arguments> clientsInTheirRevisions() throws IOException {
    return ClientFixture.all().stream()
        .flatMap(client -> client.revisions().stream().map(each -> Arguments.of(client, each)));
  }

  static Stream<Arguments> registeredRedirectUris() throws IOException {
    return ClientFixture.all().stream()
        .flatMap(
            client ->
                client.registeredRedirectUris().stream().map(each -> Arguments.of(client, each)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("clientsInTheirRevisions")
  void getsFromAUrlToCallsAndRefreshes(ClientFixture client, String revision) throws IOException {
    Replay replay = new Replay(site.network(), client);

    replay.discover();
    replay.register();
    JsonNode tokens = replay.exchange(replay.authorize(new Browser(site.network())));
    works(replay.calls(revision, tokens));
    JsonNode refreshed = replay.refresh(tokens);
    works(replay.calls(revision, refreshed));

    assertThat(refreshed.get("refresh_token").asString())
        .isNotEqualTo(tokens.get("refresh_token").asString());
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("registeredRedirectUris")
  void getsAConsentPageForEveryRedirectUriItRegistered(ClientFixture client, String redirectUri)
      throws IOException {
    Replay replay = new Replay(site.network(), client);

    replay.discover();
    replay.register();
    URI url = replay.authorizationUrl(redirectUri);

    assertThat(Network.text(new Browser(site.network()).open(url))).contains("value=\"approve\"");
  }

  private static void works(Calls calls) throws IOException {
    calls.begin();
    assertThat(calls.tools()).contains("get_user_info");
    assertThat(calls.text("get_user_info")).contains("octocat");
  }
}
