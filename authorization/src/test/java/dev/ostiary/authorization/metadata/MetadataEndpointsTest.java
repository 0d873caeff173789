package dev.ostiary.authorization.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import dev.ostiary.authorization.audit.SteppedTime;
import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.authorization.key.SigningAlgorithm;
import dev.ostiary.authorization.key.SigningKeys;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.http.Access;
import dev.ostiary.http.Body;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.GrantType;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.requirements.Requirement;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MetadataEndpointsTest {
  private static final String AUTHORIZATION_SERVER = "/.well-known/oauth-authorization-server";
  private static final String OPENID = "/.well-known/openid-configuration";

  private final SteppedTime time = new SteppedTime();
  private SigningKeys keys;

  @BeforeEach
  void open() throws GeneralSecurityException {
    keys =
        SigningKeys.open(
            new MemoryStore().keys(),
            MasterKey.parse(MasterKey.generate()).sealer(),
            SigningAlgorithm.ES256,
            time.instant());
  }

  @Test
  @Requirement({"A-8", "A-9", "A-10", "A-12", "A-36", "R-32"})
  void publishesOneDocumentUnderBothNames() {
    String document = text(get("https://mcp.example.com", AUTHORIZATION_SERVER));

    assertThat(text(get("https://mcp.example.com", OPENID))).isEqualTo(document);
    assertThat(JsonMapper.shared().readTree(document))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {
                      "issuer": "https://mcp.example.com",
                      "authorization_endpoint": "https://mcp.example.com/authorize",
                      "token_endpoint": "https://mcp.example.com/token",
                      "jwks_uri": "https://mcp.example.com/.well-known/jwks.json",
                      "registration_endpoint": "https://mcp.example.com/register",
                      "scopes_supported": ["read:user", "docs", "offline_access"],
                      "response_types_supported": ["code"],
                      "response_modes_supported": ["query"],
                      "grant_types_supported": ["authorization_code", "refresh_token"],
                      "token_endpoint_auth_methods_supported":
                        ["none", "client_secret_basic", "client_secret_post"],
                      "revocation_endpoint": "https://mcp.example.com/revoke",
                      "revocation_endpoint_auth_methods_supported":
                        ["none", "client_secret_basic", "client_secret_post"],
                      "introspection_endpoint": "https://mcp.example.com/introspect",
                      "introspection_endpoint_auth_methods_supported":
                        ["client_secret_basic", "client_secret_post"],
                      "code_challenge_methods_supported": ["S256"],
                      "authorization_response_iss_parameter_supported": true,
                      "protected_resources":
                        ["https://mcp.example.com/mcp", "https://mcp.example.com/docs/mcp"]
                    }
                    """));
  }

  @ParameterizedTest
  @Requirement("A-8")
  @ValueSource(
      strings = {
        AUTHORIZATION_SERVER,
        AUTHORIZATION_SERVER + "/tenant1",
        "/tenant1" + AUTHORIZATION_SERVER,
        OPENID,
        OPENID + "/tenant1",
        "/tenant1" + OPENID,
      })
  void isFoundInEveryFormForAnIssuerWithAPath(String path) {
    JsonNode document = json(get("https://example.com/tenant1", path));

    assertThat(document.get("issuer").stringValue()).isEqualTo("https://example.com/tenant1");
    assertThat(document.get("token_endpoint").stringValue())
        .isEqualTo("https://example.com/tenant1/token");
    assertThat(document.get("jwks_uri").stringValue())
        .isEqualTo("https://example.com/tenant1/.well-known/jwks.json");
  }

  @Test
  @Requirement({"R-32", "A-48"})
  void advertisesOnlyWhatIsSwitchedOn() {
    Issuer issuer = new Issuer("https://mcp.example.com");
    var offer =
        new Capabilities(
            List.of(GrantType.AUTHORIZATION_CODE),
            List.of(ClientAuthenticationMethod.NONE),
            List.of(ClientAuthenticationMethod.CLIENT_SECRET_BASIC),
            false,
            true,
            "https://example.com/docs",
            List.of("ES256"));

    JsonNode document = json(handle(issuer, offer, AUTHORIZATION_SERVER, Headers.none()));

    assertThat(document.has("registration_endpoint")).isFalse();
    assertThat(document.get("client_id_metadata_document_supported").booleanValue()).isTrue();
    assertThat(document.has("token_endpoint_auth_signing_alg_values_supported")).isFalse();
    assertThat(document.get("service_documentation").stringValue())
        .isEqualTo("https://example.com/docs");
    assertThat(document.get("grant_types_supported")).hasSize(1);
    assertThat(document.get("token_endpoint_auth_methods_supported")).hasSize(1);
    assertThat(document.get("revocation_endpoint_auth_methods_supported")).hasSize(1);
    assertThat(document.get("introspection_endpoint_auth_methods_supported")).hasSize(1);
  }

  @Test
  @Requirement({"A-9", "R-32"})
  void followsNoHeaderOfARequest() {
    String honest = text(get("https://mcp.example.com", AUTHORIZATION_SERVER));
    Reply asked =
        handle(
            new Issuer("https://mcp.example.com"),
            offer(),
            AUTHORIZATION_SERVER,
            Headers.of(
                "Host", "evil.example",
                "X-Forwarded-Host", "evil.example",
                "Forwarded", "host=evil.example"));

    assertThat(text(asked)).isEqualTo(honest);
  }

  @Test
  void isKeptByCachesAndNotSentAgain() {
    Issuer issuer = new Issuer("https://mcp.example.com");
    Reply first = get(issuer.value(), AUTHORIZATION_SERVER);
    String tag = first.headers().first("ETag").orElseThrow();

    for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
      Reply second =
          handle(issuer, offer(), AUTHORIZATION_SERVER, Headers.of("If-None-Match", known));
      assertThat(second.status()).isEqualTo(304);
      assertThat(text(second)).isEmpty();
      assertThat(second.headers().first("ETag")).contains(tag);
    }
    Reply other =
        handle(issuer, offer(), AUTHORIZATION_SERVER, Headers.of("If-None-Match", "\"other\""));
    assertThat(other.status()).isEqualTo(200);
    assertThat(first.headers().first("Cache-Control")).contains("public, max-age=300");
    assertThat(first.headers().first("Content-Type")).contains("application/json");
  }

  @Test
  void isReadableByEverybodyFromEverywhere() {
    assertThat(endpoints(new Issuer("https://mcp.example.com"), offer()))
        .hasSize(3)
        .allSatisfy(
            endpoint -> {
              assertThat(endpoint.access()).isEqualTo(Access.ANYBODY);
              assertThat(endpoint.route().crossOrigin()).isTrue();
              assertThat(endpoint.route().methods()).containsExactly("GET");
            });
  }

  @Test
  void publishesTheSigningKeys() throws ParseException {
    Reply reply = get("https://mcp.example.com", "/.well-known/jwks.json");

    assertThat(JWKSet.parse(text(reply)).getKeys()).hasSize(1).noneMatch(key -> key.isPrivate());
    assertThat(reply.headers().first("ETag")).isPresent();
  }

  private Reply get(String issuer, String path) {
    return handle(new Issuer(issuer), offer(), path, Headers.none());
  }

  private Reply handle(Issuer issuer, Capabilities offer, String path, Headers headers) {
    Endpoint endpoint =
        endpoints(issuer, offer).stream()
            .filter(each -> each.route().path().equals(path))
            .findFirst()
            .orElseThrow();
    return endpoint.handle(
        new Request(
            "request-1", "GET", path, "", headers, Body.empty(), InetAddress.getLoopbackAddress()));
  }

  private List<Endpoint> endpoints(Issuer issuer, Capabilities offer) {
    return MetadataEndpoints.of(
        issuer,
        offer,
        List.of(
            server("github", "https://mcp.example.com/mcp", "read:user"),
            server("docs", "https://mcp.example.com/docs/mcp", "docs")),
        keys,
        time);
  }

  private static Capabilities offer() {
    return new Capabilities(
        List.of(GrantType.values()),
        List.of(
            ClientAuthenticationMethod.NONE,
            ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
            ClientAuthenticationMethod.CLIENT_SECRET_POST),
        List.of(
            ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
            ClientAuthenticationMethod.CLIENT_SECRET_POST),
        true,
        false,
        null,
        List.of("ES256"));
  }

  private static ProtectedServer server(String name, String resource, String scope) {
    return new ProtectedServer(
        name,
        name,
        new Resource(resource),
        Scopes.of(scope),
        Scopes.of(scope, "everything"),
        "github");
  }

  private static JsonNode json(Reply reply) {
    return JsonMapper.shared().readTree(text(reply));
  }

  private static String text(Reply reply) {
    return ((Body.Whole) reply.body()).utf8();
  }
}
