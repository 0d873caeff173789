package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Reply;
import dev.ostiary.protocol.CodeVerifier;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A client as it was registered, and the requests that it makes when nothing is wrong. */
final class FakeClient {
  static final String STATE = "the client's state";

  final String id;
  final String redirectUri;
  final CodeVerifier verifier;
  private final AttackedOstiary ostiary;

  FakeClient(AttackedOstiary ostiary, JsonNode registered, String redirectUri) {
    this(ostiary, registered.path("client_id").asString(), redirectUri);
  }

  /** One that is known by this id without being registered. */
  FakeClient(AttackedOstiary ostiary, String id, String redirectUri) {
    this.ostiary = ostiary;
    this.id = id;
    this.redirectUri = redirectUri;
    this.verifier =
        new CodeVerifier("verifier-of-" + id.replaceAll("[^A-Za-z0-9-]", "") + "-".repeat(43));
  }

  /** What the token endpoint gave. */
  record Tokens(String access, String refresh, String scope) {}

  /** An authorization request, for a test to change. */
  Map<String, String> request() {
    Map<String, String> request = new LinkedHashMap<>();
    request.put("response_type", "code");
    request.put("client_id", id);
    request.put("redirect_uri", redirectUri);
    request.put("code_challenge", verifier.challenge().value());
    request.put("code_challenge_method", "S256");
    request.put("scope", "read:user");
    request.put("state", STATE);
    request.put("resource", AttackedOstiary.SERVER);
    return request;
  }

  String authorizationUrl() {
    return url(request());
  }

  static String url(Map<String, String> request) {
    return "/authorize?" + encode(request);
  }

  /** The exchange of a code, for a test to change. */
  Map<String, String> exchange(String code) {
    Map<String, String> exchange = new LinkedHashMap<>();
    exchange.put("grant_type", "authorization_code");
    exchange.put("client_id", id);
    exchange.put("code", code);
    exchange.put("code_verifier", verifier.value());
    exchange.put("redirect_uri", redirectUri);
    return exchange;
  }

  /** A refresh, for a test to change. */
  Map<String, String> refresh(Tokens tokens) {
    Map<String, String> refresh = new LinkedHashMap<>();
    refresh.put("grant_type", "refresh_token");
    refresh.put("client_id", id);
    refresh.put("refresh_token", tokens.refresh());
    return refresh;
  }

  /** A code for this client, from a person with a browser of their own. */
  String code() {
    return answer(ostiary.browser().signIn(this)).getOrDefault("code", "");
  }

  /** From sign-in to tokens. */
  Tokens tokens() {
    return tokens(ostiary.token(exchange(code())));
  }

  static Tokens tokens(Reply reply) {
    assertThat(reply.status()).as(FakeExchange.text(reply)).isEqualTo(200);
    JsonNode json = AttackedOstiary.json(reply);
    return new Tokens(
        json.path("access_token").asString(),
        json.path("refresh_token").asString(),
        json.path("scope").asString());
  }

  /** The parameters of an address. */
  static Map<String, String> answer(String address) {
    Map<String, String> answer = new LinkedHashMap<>();
    for (String pair : URI.create(address).getRawQuery().split("&", -1)) {
      String[] parts = pair.split("=", 2);
      answer.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return answer;
  }

  static String encode(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(
            each ->
                each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
