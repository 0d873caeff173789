package dev.ostiary.authorization.register;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.RecordingAuditLog;
import dev.ostiary.authorization.audit.SteppedTime;
import dev.ostiary.authorization.client.redirect.PrivateUseSchemes;
import dev.ostiary.authorization.client.registration.ClientSecrets;
import dev.ostiary.authorization.client.registration.Registration;
import dev.ostiary.authorization.client.registration.RegistrationPolicy;
import dev.ostiary.authorization.grant.ClientRemoval;
import dev.ostiary.authorization.grant.Grants;
import dev.ostiary.authorization.hash.RegistrationTokenHash;
import dev.ostiary.authorization.hash.SecretHash;
import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.authorization.page.StoreOutageReply;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.http.Body;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Secret;
import dev.ostiary.requirements.Requirement;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RegisterEndpointTest {
  private final MemoryStore store = new MemoryStore();
  private final RecordingAuditLog audit = new RecordingAuditLog();
  private final SteppedTime time = new SteppedTime();

  @Test
  @Requirement({"R-29", "R-14"})
  void registersAClientThatSaysNothingOfItself() {
    Reply reply = post("{}");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.headers().first("Cache-Control")).contains("no-store");
    assertThat(reply.headers().first("Pragma")).contains("no-cache");
    JsonNode json = json(reply);
    assertThat(json.get("client_id").stringValue()).startsWith("oc_");
    assertThat(json.get("client_secret").stringValue()).startsWith("ocs_");
    assertThat(json.get("client_secret_expires_at").longValue()).isZero();
    assertThat(json.get("client_id_issued_at").longValue())
        .isEqualTo(time.instant().getEpochSecond());
    assertThat(json.get("redirect_uris").isArray()).isTrue();
    assertThat(json.get("redirect_uris")).isEmpty();
    assertThat(json.get("token_endpoint_auth_method").stringValue())
        .isEqualTo("client_secret_basic");
    assertThat(json.get("grant_types").toString())
        .isEqualTo("[\"authorization_code\",\"refresh_token\"]");
    assertThat(json.get("response_types").toString()).isEqualTo("[\"code\"]");
    assertThat(json.size()).isEqualTo(10);
  }

  @Test
  @Requirement({"A-34", "R-23"})
  void keepsOnlyTheHashOfASecretThatCannotBeGuessed() {
    JsonNode one = json(post("{}"));
    JsonNode other = json(post("{}"));

    RegisteredClient kept = kept(one).orElseThrow();
    assertThat(kept.secret()).isEqualTo(SecretHash.of(one.get("client_secret").stringValue()));
    assertThat(one.get("client_secret")).isNotEqualTo(other.get("client_secret"));
    assertThat(one.get("client_id")).isNotEqualTo(other.get("client_id"));
    assertThat(one.get("client_secret").stringValue()).hasSize("ocs_".length() + 43);
  }

  @Test
  @Requirement({"R-29", "A-49"})
  void registersWhatRealClientsSend() {
    Reply reply =
        post(
            """
            {
              "client_name": "Cursor",
              "redirect_uris": [
                "cursor://anysphere.cursor-mcp/oauth/callback",
                "https://www.cursor.com/agents/mcp/oauth/callback",
                "http://localhost:8787/callback"
              ],
              "token_endpoint_auth_method": "none",
              "grant_types": ["authorization_code", "refresh_token", "implicit", "urn:x"],
              "response_types": ["code", "token"],
              "application_type": "web",
              "client_uri": "https://cursor.com",
              "logo_uri": "javascript:alert(1)",
              "jwks": {"keys": []},
              "x_unknown": {"deep": [1, 2, 3]}
            }
            """);

    assertThat(reply.status()).isEqualTo(201);
    JsonNode json = json(reply);
    assertThat(json.get("redirect_uris")).hasSize(3);
    assertThat(json.get("grant_types").toString())
        .isEqualTo("[\"authorization_code\",\"refresh_token\"]");
    assertThat(json.get("response_types").toString()).isEqualTo("[\"code\"]");
    assertThat(json.get("application_type").stringValue()).isEqualTo("web");
    assertThat(json.get("client_uri").stringValue()).isEqualTo("https://cursor.com");
    assertThat(json.has("client_secret")).isFalse();
    assertThat(json.has("client_secret_expires_at")).isFalse();
    assertThat(json.has("logo_uri")).isFalse();
    assertThat(json.has("jwks")).isFalse();
    assertThat(json.has("x_unknown")).isFalse();
    assertThat(kept(json)).hasValueSatisfying(kept -> assertThat(kept.secret()).isNull());
  }

  @Test
  @Requirement({"R-30", "A-34"})
  void tellsWhereTheRegistrationIsAndWhatOpensIt() {
    JsonNode json = json(post("{}"));

    assertThat(json.get("registration_client_uri").stringValue())
        .isEqualTo("https://mcp.example.com/register/" + json.get("client_id").stringValue());
    String token = json.get("registration_access_token").stringValue();
    assertThat(token).startsWith("ora_").hasSize("ora_".length() + 43);
    RegisteredClient kept = kept(json).orElseThrow();
    assertThat(kept.registrationToken()).isEqualTo(RegistrationTokenHash.of(token));
    assertThat(kept.kind()).isEqualTo(ClientKind.REGISTERED);
  }

  @ParameterizedTest
  @Requirement("A-49")
  @CsvSource({"native,https://a.example/cb", "web,http://localhost/cb", "other,http://[::1]/cb"})
  void toleratesAnApplicationTypeThatDoesNotFit(String type, String uri) {
    Reply reply =
        post("{\"application_type\":\"" + type + "\",\"redirect_uris\":[\"" + uri + "\"]}");

    assertThat(reply.status()).isEqualTo(201);
  }

  @ParameterizedTest
  @Requirement({"R-29", "A-30"})
  @ValueSource(
      strings = {
        "http://evil.example/cb",
        "javascript:alert(1)",
        "https://a.example/cb#f",
        "https://*.example/cb",
        "https://u@a.example/cb",
        "https://a.example/../cb",
        "file:///etc/passwd",
        "blob:https://a.example/1",
        "https://a.example\\\\@evil.example/cb",
        "http:\\\\\\\\localhost/cb",
        "",
      })
  void refusesABadRedirectUriAndSaysWhichOne(String uri) {
    Reply reply = post("{\"redirect_uris\":[\"" + uri + "\",\"" + uri + "\"]}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(json(reply).get("error").stringValue()).isEqualTo("invalid_redirect_uri");
    assertThat(json(reply).get("error_description").stringValue()).startsWith("redirect_uris[0] ");
    assertThat(audit.events()).isEmpty();
  }

  @Test
  void dropsTheRedirectUrisThatCannotBeUsedAndSaysSo() {
    JsonNode json =
        json(
            post(
                """
                {"redirect_uris": ["acme-editor://cb", "https://a.example/cb", "http://a.example/"]}
                """));

    assertThat(json.get("redirect_uris").toString()).isEqualTo("[\"https://a.example/cb\"]");
    assertThat(json.get("redirect_uris_dropped")).hasSize(2);
    assertThat(json.get("redirect_uris_dropped").get(0).stringValue())
        .startsWith("redirect_uris[0] has a scheme that is neither a domain name in reverse");
    assertThat(json.get("redirect_uris_dropped").get(1).stringValue())
        .startsWith("redirect_uris[2] is http on a host that is not this machine");
    assertThat(kept(json).orElseThrow().metadata().redirectUris())
        .containsExactly(new RedirectUri("https://a.example/cb"));
  }

  @Test
  void saysNothingOfDroppedRedirectUrisWhereThereAreNone() {
    assertThat(
            json(post("{\"redirect_uris\": [\"https://a.example/cb\"]}"))
                .has("redirect_uris_dropped"))
        .isFalse();
  }

  @ParameterizedTest
  @Requirement("R-29")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'token_endpoint_auth_method':'client_secret_jwt'}|token_endpoint_auth_method must be one"
            + " of: none, client_secret_basic, client_secret_post, private_key_jwt",
        "{'token_endpoint_auth_method':'private_key_jwt'}|private_key_jwt needs jwks or jwks_uri",
        "{'token_endpoint_auth_method':'private_key_jwt','jwks':{}}|jwks must be a JWK Set of at"
            + " most 50 keys",
        "{'token_endpoint_auth_method':'private_key_jwt','jwks_uri':'http://a.example/keys'}|"
            + "jwks_uri must be an https address without user information and fragment",
        "{'token_endpoint_auth_method':'private_key_jwt','jwks_uri':'https://a.example/keys',"
            + "'token_endpoint_auth_signing_alg':'none'}|token_endpoint_auth_signing_alg must be"
            + " one of: ES256, RS256, PS256, EdDSA, Ed25519",
        "{'jwks':{'keys':[]},'jwks_uri':'https://a.example/keys'}|jwks and jwks_uri must not both"
            + " be there",
        "{'grant_types':['client_credentials']}|grant_types must contain authorization_code",
        "{'response_types':['token']}|response_types must contain code",
        "{'scope':'a \\u00e9'}|scope must be scope tokens with a space between",
        "{'client_name':5}|client_name must be a string",
        "{'redirect_uris':['a:/b'],'redirect_uris':['a:/b']}|the content must be one JSON object in"
            + " UTF-8, with no member twice",
        "{} {}|the content must be one JSON object in UTF-8, with no member twice",
        "[]|the content must be one JSON object in UTF-8, with no member twice",
        "{'a':1,'a':1}|the content must be one JSON object in UTF-8, with no member twice",
      })
  void refusesBadMetadataAndSaysWhy(String content, String description) {
    Reply reply = post(content.replace('\'', '"'));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.headers().first("Cache-Control")).contains("no-store");
    assertThat(json(reply).get("error").stringValue()).isEqualTo("invalid_client_metadata");
    assertThat(json(reply).get("error_description").stringValue()).isEqualTo(description);
    assertThat(audit.events()).isEmpty();
  }

  @Test
  void refusesANameThatNobodyCouldRead() {
    Reply reply = post("{\"client_name\":\"" + "n".repeat(201) + "\"}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(json(reply).get("error_description").stringValue())
        .isEqualTo("client_name is longer than 200 characters");
  }

  @Test
  void refusesAnAddressThatNobodyCouldRead() {
    Reply reply = post("{\"redirect_uris\":[\"https://a.example/" + "x".repeat(2000) + "\"]}");

    assertThat(json(reply).get("error").stringValue()).isEqualTo("invalid_redirect_uri");
    assertThat(audit.events()).isEmpty();
  }

  @Test
  @Requirement("R-25")
  void neverRepeatsWhatItWasSent() {
    Reply reply = post("{\"redirect_uris\":[\"https://a.example/\\\"<script>\"]}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(text(reply)).doesNotContain("<", "a.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/x-www-form-urlencoded", "text/plain", "application/jsonx", ""})
  void readsOnlyJson(String type) {
    assertThat(post(store.clients(), type, "{}").status()).isEqualTo(400);
  }

  @Test
  void readsJsonWithACharacterSet() {
    assertThat(post(store.clients(), "application/json; charset=utf-8", "{}").status())
        .isEqualTo(201);
  }

  @Test
  void saysInTheAuditStreamWhoRegistered() {
    JsonNode json = json(post("{\"client_name\":\"Example\"}"));

    assertThat(audit.events())
        .containsExactly(
            new AuditEvent.ClientRegistered(
                time.instant(),
                "request-1",
                new ClientId(json.get("client_id").stringValue()),
                "Example"));
  }

  @Test
  void asksToComeAgainWhenTheStorageDoesNotAnswer() {
    Reply reply = post(new BrokenClientStore(), "application/json", "{}");

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers().first("Retry-After")).contains("1");
    assertThat(json(reply).get("error").stringValue()).isEqualTo("temporarily_unavailable");
  }

  @Test
  @Requirement("R-7")
  void mayBeCalledByScriptsOfAnyOrigin() {
    assertThat(endpoint(store.clients()).route().crossOrigin()).isTrue();
    assertThat(endpoint(store.clients()).route().path()).isEqualTo("/register");
  }

  @Test
  @Requirement("R-29")
  void asksForTheInitialAccessTokenIfThereIsOne() {
    Reply reply = post(RegistrationPolicy.withInitialAccessToken(new Secret("initial-1")));

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.headers().all("WWW-Authenticate")).containsExactly("Bearer");
    assertThat(json(reply).get("error_description").stringValue())
        .isEqualTo(
            "this needs the initial access token of this server, which its operator gives out as a"
                + " bearer token");
    assertThat(reply.headers().first("Cache-Control")).contains("no-store");
    assertThat(audit.events()).isEmpty();
  }

  @ParameterizedTest
  @Requirement("R-29")
  @ValueSource(strings = {"Bearer initial-2", "Bearer initial-1 x", "Bearer "})
  void refusesAnotherInitialAccessToken(String authorization) {
    Reply reply =
        post(
            RegistrationPolicy.withInitialAccessToken(new Secret("initial-1")),
            "Authorization",
            authorization);

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.headers().first("WWW-Authenticate").orElseThrow())
        .startsWith("Bearer error=\"invalid_token\"");
    assertThat(json(reply).get("error").stringValue()).isEqualTo("invalid_token");
    assertThat(text(reply))
        .contains("initial access token of this server")
        .doesNotContain("initial-1", "initial-2");
    assertThat(audit.events()).isEmpty();
  }

  @Test
  @Requirement("R-29")
  void registersWhoeverHasTheInitialAccessToken() {
    Reply reply =
        post(
            RegistrationPolicy.withInitialAccessToken(new Secret("initial-1")),
            "Authorization",
            "Bearer initial-1");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(json(reply).get("registration_access_token").stringValue()).startsWith("ora_");
  }

  @Test
  @Requirement("A-48")
  void isNotThereWhenItIsSwitchedOff() {
    assertThat(endpoints(RegistrationPolicy.OFF, store.clients())).isEmpty();
  }

  private Reply post(RegistrationPolicy policy, String... headers) {
    Headers all = Headers.of(headers).with("Content-Type", "application/json");
    return endpoints(policy, store.clients()).getFirst().handle(request(all, "{}"));
  }

  private Reply post(String content) {
    return post(store.clients(), "application/json", content);
  }

  private Reply post(ClientStore clients, String type, String content) {
    return endpoint(clients).handle(request(Headers.of("Content-Type", type), content));
  }

  private static Request request(Headers headers, String content) {
    return new Request(
        "request-1",
        "POST",
        "/register",
        "",
        headers,
        Body.utf8(content),
        InetAddress.getLoopbackAddress());
  }

  private Endpoint endpoint(ClientStore clients) {
    return endpoints(RegistrationPolicy.OPEN, clients).getFirst();
  }

  private List<Endpoint> endpoints(RegistrationPolicy policy, ClientStore clients) {
    var issuer = new Issuer("https://mcp.example.com");
    return RegisterEndpoints.of(
            issuer,
            new RegisterDependencies(
                policy,
                new Registration(
                    List.of(ClientAuthenticationMethod.values()), PrivateUseSchemes.DEFAULTS),
                clients,
                ClientRemoval.of(
                    clients,
                    Grants.of(
                        store.grants(),
                        store.approvals(),
                        audit,
                        List.of(),
                        _ -> {},
                        Runnable::run),
                    audit),
                new ClientSecrets(new SecretSource()),
                audit,
                time))
        .stream()
        .map(endpoint -> StoreOutageReply.of(Pages.of(issuer), endpoint))
        .toList();
  }

  private Optional<RegisteredClient> kept(JsonNode json) {
    return store.clients().find(new ClientId(json.get("client_id").stringValue()));
  }

  private static JsonNode json(Reply reply) {
    return JsonMapper.shared().readTree(text(reply));
  }

  private static String text(Reply reply) {
    return ((Body.Whole) reply.body()).utf8();
  }
}
