package dev.ostiary.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.protocol.AuthorizationServerMetadata.ClientEndpoint;
import dev.ostiary.requirements.Requirement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuthorizationServerMetadataTest {
  @Test
  @Requirement({"R-32", "A-10", "A-12"})
  void saysEverythingThatIsOn() {
    Golden.assertSame(
        sample("https://mcp.example.com/register", true, "https://example.com/docs").toJson(),
        "metadata-full.json");
  }

  @Test
  @Requirement("R-32")
  void leavesOutWhatIsOff() {
    Golden.assertSame(sample(null, false, null).toJson(), "metadata-least.json");
  }

  @Test
  @Requirement("R-32")
  void hasNoEmptyArrays() {
    Issuer issuer = new Issuer("https://mcp.example.com");
    var metadata =
        new AuthorizationServerMetadata(
            issuer,
            issuer.at("/authorize"),
            issuer.at("/token"),
            issuer.at("/jwks"),
            null,
            Scopes.none(),
            List.of(GrantType.AUTHORIZATION_CODE),
            List.of(ClientAuthenticationMethod.NONE),
            new ClientEndpoint(issuer.at("/revoke"), List.of(ClientAuthenticationMethod.NONE)),
            new ClientEndpoint(issuer.at("/introspect"), List.of()),
            List.of(),
            false,
            null);

    assertThat(metadata.toJson()).doesNotContain("[]", "scopes_supported", "protected_resources");
  }

  private static AuthorizationServerMetadata sample(
      @Nullable String registration, boolean documents, @Nullable String documentation) {
    Issuer issuer = new Issuer("https://mcp.example.com");
    return new AuthorizationServerMetadata(
        issuer,
        issuer.at("/authorize"),
        issuer.at("/token"),
        issuer.at("/.well-known/jwks.json"),
        registration,
        Scopes.of("read:user", "offline_access"),
        List.of(GrantType.values()),
        List.of(ClientAuthenticationMethod.values()),
        new ClientEndpoint(issuer.at("/revoke"), List.of(ClientAuthenticationMethod.values())),
        new ClientEndpoint(
            issuer.at("/introspect"),
            List.of(
                ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
                ClientAuthenticationMethod.CLIENT_SECRET_POST)),
        List.of(new Resource("https://mcp.example.com/mcp")),
        documents,
        documentation);
  }
}
