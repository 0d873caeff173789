package dev.ostiary.protocol.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.requirements.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtectedResourceMetadataTest {
  private static final Issuer ISSUER = new Issuer("https://host");

  @ParameterizedTest
  @CsvSource({
    "https://host/mcp, https://host/.well-known/oauth-protected-resource/mcp",
    "https://host, https://host/.well-known/oauth-protected-resource",
    "https://host/, https://host/.well-known/oauth-protected-resource",
    "https://host:8443/a/b/mcp, https://host:8443/.well-known/oauth-protected-resource/a/b/mcp",
    "https://host/mcp/, https://host/.well-known/oauth-protected-resource/mcp/",
    "http://127.0.0.1:8080/mcp, http://127.0.0.1:8080/.well-known/oauth-protected-resource/mcp"
  })
  void isFoundAtTheWellKnownPathPutBeforeTheResourcesOwn(String resource, String uri) {
    assertThat(ProtectedResourceMetadata.uri(new Resource(resource))).isEqualTo(uri);
  }

  @Test
  @Requirement({"A-2", "A-6", "R-33"})
  void isThisDocument() {
    var metadata =
        new ProtectedResourceMetadata(
            new Resource("https://host/mcp"),
            ISSUER.value(),
            Scopes.of("read:user", "offline_access"),
            "GitHub für alle");

    assertThat(new String(metadata.toJson(), UTF_8))
        .isEqualTo(
            """
            {"resource":"https://host/mcp","authorization_servers":["https://host"],\
            "scopes_supported":["read:user"],"bearer_methods_supported":["header"],\
            "resource_name":"GitHub für alle"}\
            """);
  }

  @Test
  @Requirement("R-33")
  void listsNoScopesWhenThereAreNone() {
    var metadata =
        new ProtectedResourceMetadata(
            new Resource("https://host"), ISSUER.value(), Scopes.none(), "Documents");

    assertThat(new String(metadata.toJson(), UTF_8)).doesNotContain("scopes_supported");
  }
}
