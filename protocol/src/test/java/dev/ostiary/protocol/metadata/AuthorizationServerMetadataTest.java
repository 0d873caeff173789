package dev.ostiary.protocol.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.Golden;
import dev.ostiary.protocol.GrantType;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.metadata.AuthorizationServerMetadata.ClientEndpoint;
import dev.ostiary.requirements.Requirement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuthorizationServerMetadataTest {
  @Test
  @Requirement({"R-32", "A-10", "A-12"})
  void saysEverythingThatIsOn() {
    Golden.assertSame(
        sample(true, "https://mcp.example.com/register", "https://example.com/docs").toJson(),
        "metadata-full.json");
  }

  @Test
  @Requirement("R-32")
  void leavesOutWhatIsOff() {
    Golden.assertSame(sample(false, null, null).toJson(), "metadata-least.json");
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
            null,
            List.of("ES256"));

    assertThat(metadata.toJson())
        .doesNotContain("[]", "scopes_supported", "protected_resources", "_alg_");
  }

  private static AuthorizationServerMetadata sample(
      boolean everything, @Nullable String registration, @Nullable String documentation) {
    List<ClientAuthenticationMethod> methods = new ArrayList<>();
    methods.add(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
    methods.add(ClientAuthenticationMethod.CLIENT_SECRET_POST);
    if (everything) {
      methods.add(ClientAuthenticationMethod.PRIVATE_KEY_JWT);
    }
    List<ClientAuthenticationMethod> confidential = List.copyOf(methods);
    methods.addFirst(ClientAuthenticationMethod.NONE);
    Issuer issuer = new Issuer("https://mcp.example.com");
    return new AuthorizationServerMetadata(
        issuer,
        issuer.at("/authorize"),
        issuer.at("/token"),
        issuer.at("/.well-known/jwks.json"),
        registration,
        Scopes.of("read:user", "offline_access"),
        List.of(GrantType.values()),
        methods,
        new ClientEndpoint(issuer.at("/revoke"), methods),
        new ClientEndpoint(issuer.at("/introspect"), confidential),
        List.of(new Resource("https://mcp.example.com/mcp")),
        everything,
        documentation,
        List.of("ES256", "RS256", "PS256", "EdDSA"));
  }
}
