package dev.ostiary.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client's way from a server's URL to tokens and calls, one step a method, for tests that need
 * more of them than a real client makes.
 */
final class Journey implements AutoCloseable {
  private static final String VERIFIER = "a-verifier-that-is-long-enough-for-rfc-7636-s256";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final URI origin;
  private final URI server;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(LIMIT)
          .build();

  Journey(Program program) {
    this(program, program.server());
  }

  /** A journey to one of several servers. */
  Journey(Program program, URI server) {
    this(program.origin(), server);
  }

  /** A journey through a proxy, or to one of several nodes. */
  Journey(URI origin, URI server) {
    this.origin = origin;
    this.server = server;
  }

  /** A client as it was registered. */
  record Registered(String id, URI redirectUri) {}

  /** A browser on its way back from the upstream. */
  record Returning(Registered client, Person person, URI callback) {}

  /** A code, ready to be exchanged by the client that it was issued to. */
  record Code(Registered client, String value) {}

  /** What the token endpoint gave. */
  record Tokens(Registered client, String access, String refresh) {}

  /** Registers a public client with a redirect URI. RFC 7591. */
  Registered register(String redirectUri) throws IOException, InterruptedException {
    String metadata =
        """
        {"client_name": "Journey", "redirect_uris": ["%s"], "token_endpoint_auth_method": "none"}
        """
            .formatted(redirectUri);
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(origin.resolve("/register"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(metadata, UTF_8)));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return new Registered(json(response).get("client_id").asString(), URI.create(redirectUri));
  }

  /** Where a client sends its person's browser. */
  URI authorizationUrl(Registered client) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("response_type", "code");
    parameters.put("client_id", client.id());
    parameters.put("redirect_uri", client.redirectUri().toString());
    parameters.put("state", "state");
    parameters.put("resource", server.toString());
    parameters.put("code_challenge", challenge(VERIFIER));
    parameters.put("code_challenge_method", "S256");
    return origin.resolve("/authorize?" + form(parameters));
  }

  /** Signs a person in at a client. */
  Code authorize(Registered client) throws IOException, InterruptedException {
    return code(client, new Person(http).signIn(authorizationUrl(client), client.redirectUri()));
  }

  /** A person who has agreed and signed in, and whose browser is about to come back to us. */
  Returning returning(Registered client) throws IOException, InterruptedException {
    Person person = new Person(http);
    URI callback = person.signIn(authorizationUrl(client), origin.resolve("/callback"));
    return new Returning(client, person, callback);
  }

  /** The raw answer to a browser that comes back. */
  HttpResponse<String> comeBack(Returning returning) throws IOException, InterruptedException {
    return send(returning.person().request(returning.callback()));
  }

  /** The code that the browser brought to the client. */
  Code code(Registered client, URI answer) {
    assertThat(parameter(answer, "state")).isEqualTo("state");
    return new Code(client, parameter(answer, "code"));
  }

  /** The raw answer to the exchange of a code. */
  HttpResponse<String> exchange(Code code) throws IOException, InterruptedException {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("grant_type", "authorization_code");
    parameters.put("code", code.value());
    parameters.put("code_verifier", VERIFIER);
    parameters.put("redirect_uri", code.client().redirectUri().toString());
    parameters.put("client_id", code.client().id());
    return token(parameters);
  }

  /** The raw answer to a refresh. */
  HttpResponse<String> refresh(Tokens tokens) throws IOException, InterruptedException {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("grant_type", "refresh_token");
    parameters.put("refresh_token", tokens.refresh());
    parameters.put("client_id", tokens.client().id());
    return token(parameters);
  }

  /** The tokens of an answer that has some. */
  static Tokens tokens(Registered client, HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode json = json(response);
    return new Tokens(
        client, json.get("access_token").asString(), json.get("refresh_token").asString());
  }

  /** From registration to tokens. */
  Tokens signIn() throws IOException, InterruptedException {
    Registered client = register("http://127.0.0.1:53684/callback");
    return tokens(client, exchange(authorize(client)));
  }

  /** The status of a call with an access token. */
  int call(String accessToken) throws IOException, InterruptedException {
    String message =
        """
        {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {"_meta": {
          "io.modelcontextprotocol/protocolVersion": "2026-07-28",
          "io.modelcontextprotocol/clientCapabilities": {}}}}
        """;
    return send(HttpRequest.newBuilder(server)
            .header("Authorization", "Bearer " + accessToken)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("MCP-Protocol-Version", "2026-07-28")
            .header("Mcp-Method", "tools/list")
            .POST(HttpRequest.BodyPublishers.ofString(message, UTF_8)))
        .statusCode();
  }

  /** What is at a path, for anybody. */
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(origin.resolve(path)));
  }

  static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  private HttpResponse<String> token(Map<String, String> parameters)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(origin.resolve("/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form(parameters), UTF_8)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String parameter(URI answer, String name) {
    return Arrays.stream(answer.getRawQuery().split("&", -1))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), UTF_8))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is missing in the answer"));
  }

  /** The S256 transform of a code verifier. */
  static String challenge(String verifier) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
