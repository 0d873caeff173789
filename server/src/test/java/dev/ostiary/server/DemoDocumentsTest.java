package dev.ostiary.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.client.document.DocumentFetch;
import dev.ostiary.http.fetch.FetchRefusal;
import dev.ostiary.http.fetch.Fetched;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DemoDocumentsTest {
  private final List<URI> fetched = new ArrayList<>();
  private final DocumentFetch documents =
      new DemoDocuments(
          (uri, _) -> {
            fetched.add(uri);
            return new Fetched.Refused(new FetchRefusal.Unreachable());
          });

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://claude.ai/oauth/claude-code-client-metadata",
        "https://claude.ai/oauth/mcp-oauth-client-metadata",
        "https://chatgpt.com/oauth/client.json",
        "https://chatgpt.com/oauth/codex/client.json",
        "https://vscode.dev/oauth/client-metadata.json"
      })
  void haveACopyOfWhatKnownClientsPublish(String url) {
    assertThat(documents.get(URI.create(url), null))
        .isInstanceOfSatisfying(
            Fetched.Document.class,
            document -> assertThat(document.content().utf8()).contains("\"" + url + "\""));
    assertThat(fetched).isEmpty();
  }

  @Test
  void fetchWhatThereIsNoCopyOf() {
    URI other = URI.create("https://app.example/client.json");

    assertThat(documents.get(other, null)).isInstanceOf(Fetched.Refused.class);
    assertThat(fetched).containsExactly(other);
  }
}
