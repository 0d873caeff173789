package dev.ostiary.embed.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.embed.SampleProof;
import dev.ostiary.embed.clients.ClientFixture.ScopePolicy;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.CodeVerifier;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client played from its fixture, one step a method: it sends what the real one sends, and is as
 * strict with the answers as the strictest of them.
 */
final class Replay {
  private static final CodeVerifier VERIFIER =
      new CodeVerifier("a-verifier-of-sufficient-length-for-everybody-0");
  private static final String STATE = "kept as it is: /?&=+%20";
  private static final String OFFLINE = "offline_access";

  private final Network network;
  private final ClientFixture client;
  private @Nullable Discovery discovery;
  private @Nullable JsonNode registered;
  private String proof;

  Replay(Network network, ClientFixture client) {
    this.network = network;
    this.client = client;
    this.proof = client.token().authentication();
  }

  /**
   * What a client finds out from a server's URL alone.
   *
   * @param scope of the challenge
   */
  private record Discovery(String scope, JsonNode resource, JsonNode server) {}

  /** Calls without a token, and reads what the refusal points to. */
  void discover() throws IOException {
    Reply refused =
        network.post(
            Site.SERVER,
            Headers.of("Content-Type", "application/json"),
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");
    assertThat(refused.status()).isEqualTo(401);
    String challenge = refused.headers().first("WWW-Authenticate").orElseThrow();
    JsonNode resource = document(URI.create(parameter(challenge, "resource_metadata")));
    assertThat(resource.get("resource").asString()).isEqualTo(Site.SERVER.toString());
    String issuer = resource.at("/authorization_servers/0").asString();
    JsonNode server =
        document(URI.create(issuer).resolve("/.well-known/oauth-authorization-server"));
    assertThat(server.get("issuer").asString()).isEqualTo(issuer);
    assertThat(texts(server.get("code_challenge_methods_supported"))).contains("S256");
    discovery = new Discovery(parameter(challenge, "scope"), resource, server);
  }

  /** Registers, as often as the client does. */
  void register() throws IOException {
    for (int times = 0; times < client.registrations(); times++) {
      Reply reply =
          network.post(
              endpoint("registration_endpoint"),
              Headers.of("Content-Type", "application/json"),
              client.registration());
      assertThat(reply.status()).as(Network.text(reply)).isEqualTo(201);
      registered = JsonMapper.shared().readTree(Network.text(reply));
    }
    assertThat(texts(registered().get("redirect_uris"))).isEqualTo(client.registeredRedirectUris());
    assertThat(registered().get("token_endpoint_auth_method").asString())
        .isEqualTo(client.token().authentication());
  }

  /** Is known by its document instead. */
  void publish() {
    assertThat(discovery().server().path("client_id_metadata_document_supported").asBoolean())
        .isTrue();
    registered = JsonMapper.shared().readTree(Objects.requireNonNull(client.document()));
    proof = registered.path("token_endpoint_auth_method").asString();
  }

  /** Signs a person in and comes back with the code. */
  String authorize(Browser browser) throws IOException {
    URI answer = browser.signIn(authorizationUrl(client.redirectUri()), client.redirectUri());
    Map<String, String> parameters = Query.parse(answer.getRawQuery());
    assertThat(parameters).containsEntry("state", STATE).containsKey("code");
    assertThat(parameters.get("iss")).isEqualTo(discovery().server().get("issuer").asString());
    return Objects.requireNonNull(parameters.get("code"));
  }

  /** Where it sends the browser. */
  URI authorizationUrl(String redirectUri) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("response_type", "code");
    parameters.put("client_id", registered().get("client_id").asString());
    parameters.put("code_challenge", VERIFIER.challenge().value());
    parameters.put("code_challenge_method", "S256");
    parameters.put("redirect_uri", redirectUri);
    parameters.put("state", STATE);
    parameters.put("scope", scope(client.authorize().scope()));
    parameters.putAll(client.authorize().parameters());
    if (client.authorize().resource()) {
      parameters.put("resource", Site.SERVER.toString());
    }
    return URI.create(endpoint("authorization_endpoint") + "?" + Query.of(parameters));
  }

  JsonNode exchange(String code) throws IOException {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("grant_type", "authorization_code");
    parameters.put("code", code);
    parameters.put("code_verifier", VERIFIER.value());
    parameters.put("redirect_uri", client.redirectUri());
    return token(parameters);
  }

  JsonNode refresh(JsonNode tokens) throws IOException {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("grant_type", "refresh_token");
    parameters.put("refresh_token", tokens.get("refresh_token").asString());
    return token(parameters);
  }

  Calls calls(String revision, JsonNode tokens) {
    return new Calls(network, client.name(), revision, tokens.get("access_token").asString());
  }

  private JsonNode token(Map<String, String> parameters) throws IOException {
    Headers headers = Headers.of("Content-Type", "application/x-www-form-urlencoded");
    String id = registered().get("client_id").asString();
    String secret = registered().path("client_secret").asString("");
    switch (proof) {
      case "private_key_jwt" -> {
        parameters.put("client_id", id);
        parameters.put(
            "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        parameters.put("client_assertion", SampleProof.assertion(id));
      }
      case "none" -> parameters.put("client_id", id);
      case "client_secret_post" -> {
        parameters.put("client_id", id);
        parameters.put("client_secret", secret);
      }
      case "client_secret_basic" -> headers = headers.with("Authorization", basic(id, secret));
      case String other -> throw new AssertionError("no such authentication: " + other);
    }
    if (client.token().resource()) {
      parameters.put("resource", Site.SERVER.toString());
    }
    Reply reply = network.post(endpoint("token_endpoint"), headers, Query.of(parameters));
    assertThat(reply.status()).as(Network.text(reply)).isEqualTo(200);
    JsonNode tokens = JsonMapper.shared().readTree(Network.text(reply));
    assertThat(tokens.get("token_type").asString()).isEqualToIgnoringCase("Bearer");
    return tokens;
  }

  private String scope(ScopePolicy policy) {
    JsonNode server = discovery().server();
    List<String> scopes =
        new ArrayList<>(
            switch (policy) {
              case CHALLENGE, CHALLENGE_AND_OFFLINE -> List.of(discovery().scope().split(" ", -1));
              case RESOURCE_AND_OFFLINE -> texts(discovery().resource().get("scopes_supported"));
              case AUTHORIZATION_SERVER -> texts(server.get("scopes_supported"));
            });
    boolean offline =
        policy == ScopePolicy.CHALLENGE_AND_OFFLINE || policy == ScopePolicy.RESOURCE_AND_OFFLINE;
    if (offline && texts(server.get("scopes_supported")).contains(OFFLINE)) {
      scopes.add(OFFLINE);
    }
    return String.join(" ", scopes);
  }

  private JsonNode document(URI uri) throws IOException {
    Reply reply = network.get(uri, Headers.of("Accept", "application/json"));
    assertThat(reply.status()).as(uri.toString()).isEqualTo(200);
    return JsonMapper.shared().readTree(Network.text(reply));
  }

  private URI endpoint(String name) {
    return URI.create(discovery().server().get(name).asString());
  }

  private Discovery discovery() {
    return Objects.requireNonNull(discovery, "the client has not discovered the server yet");
  }

  private JsonNode registered() {
    return Objects.requireNonNull(registered, "the client has not registered yet");
  }

  private static List<String> texts(JsonNode array) {
    return array.values().stream().map(JsonNode::asString).toList();
  }

  private static String parameter(String challenge, String name) {
    Matcher matcher = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(challenge);
    assertThat(matcher.find()).as("%s in %s", name, challenge).isTrue();
    return matcher.group(1);
  }

  private static String basic(String id, String secret) {
    String pair = Query.encode(id) + ":" + Query.encode(secret);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }
}
