package dev.ostiary.embed.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.embed.SampleProof;
import dev.ostiary.embed.Sockets;
import dev.ostiary.embed.config.MetadataDocuments;
import dev.ostiary.http.fetch.FetchProxy;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.testkit.DocumentHost;
import dev.ostiary.testkit.StandInProxy;
import dev.ostiary.testkit.TestAuthority;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Every known client that is named by a metadata document, replayed through the whole server. The
 * documents are behind their real URLs: a proxy leads to a stand-in for the hosts they are on.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DocumentClientsTest {
  private DocumentHost host;
  private StandInProxy proxy;
  private Site site;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    String names =
        ClientFixture.withDocuments().stream()
            .map(client -> "dns:" + url(client).getHost())
            .distinct()
            .collect(Collectors.joining(","));
    TestAuthority authority = TestAuthority.of(folder, names);
    host = new DocumentHost(authority);
    for (ClientFixture client : ClientFixture.withDocuments()) {
      host.document(url(client).getPath(), Objects.requireNonNull(client.document()));
    }
    host.document("/oauth/jwks.json", SampleProof.jwks());
    proxy = StandInProxy.to(host.address());
    site =
        new Site(
            through(proxy),
            Sockets.trusting(authority),
            fetch ->
                fetch.resolver(
                    name -> {
                      throw new UnknownHostException(name);
                    }));
  }

  @AfterAll
  void close() throws IOException {
    site.close();
    proxy.close();
    host.close();
  }

  private static MetadataDocuments through(StandInProxy proxy) {
    MetadataDocuments defaults = MetadataDocuments.DEFAULTS;
    return new MetadataDocuments(
        true,
        defaults.policy(),
        defaults.sizeLimit(),
        defaults.timeout(),
        new FetchProxy("127.0.0.1", proxy.port()));
  }

  private static URI url(ClientFixture client) {
    return URI.create(Objects.requireNonNull(client.metadataDocument()));
  }

  static Stream<ClientFixture> clients() throws IOException {
    return ClientFixture.withDocuments().stream();
  }

  @Test
  void areTheClientsThatPreferThem() throws IOException {
    assertThat(ClientFixture.withDocuments())
        .extracting(ClientFixture::name)
        .contains("ChatGPT", "Claude Code", "Codex", "VS Code");
    assertThat(ClientFixture.all())
        .allMatch(client -> (client.document() == null) == (client.metadataDocument() == null));
  }

  @ParameterizedTest(name = "{0}")
  @Requirement({"A-38", "A-39", "A-42"})
  @MethodSource("clients")
  void getsFromAUrlToCallsAndRefreshes(ClientFixture client) throws IOException {
    Replay replay = new Replay(site.network(), client);

    replay.discover();
    replay.publish();
    JsonNode tokens = replay.exchange(replay.authorize(new Browser(site.network())));
    works(replay.calls(client.revisions().getFirst(), tokens));
    works(replay.calls(client.revisions().getFirst(), replay.refresh(tokens)));

    assertThat(host.asked()).filteredOn(url(client).getPath()::equals).hasSize(1);
    assertThat(proxy.asked()).contains("CONNECT " + url(client).getHost() + ":443 HTTP/1.1");
  }

  private static void works(Calls calls) throws IOException {
    calls.begin();
    assertThat(calls.text("get_user_info")).contains("octocat");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void showsWhoseWordItIs(ClientFixture client) throws IOException {
    Replay replay = new Replay(site.network(), client);
    replay.discover();
    replay.publish();

    String page =
        Network.text(
            new Browser(site.network()).open(replay.authorizationUrl(client.redirectUri())));

    assertThat(page).contains(url(client).getHost());
    List<String> loopback = List.of("Claude Code", "Codex", "VS Code");
    assertThat(page.contains("this does not prove which program is asking"))
        .isEqualTo(loopback.contains(client.name()));
  }
}
