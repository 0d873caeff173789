package dev.ostiary.embed;

import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.authorization.operate.Operator;
import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.github.GitHubSettings;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Secret;
import dev.ostiary.testkit.SampleClient;
import dev.ostiary.testkit.SampleCode;
import dev.ostiary.testkit.SampleTime;
import dev.ostiary.testkit.ServiceOutbound;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two Ostiaries on one store, and a client that has signed somebody in. */
final class TwoNodes implements AutoCloseable {
  /** What the client got. */
  record Pair(String access, String refresh) {}

  private static final String LIST_TOOLS =
      """
      {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{
        "io.modelcontextprotocol/protocolVersion":"2026-07-28",
        "io.modelcontextprotocol/clientCapabilities":{}}}}
      """;

  final Node here;
  final Node there;
  private final MemoryStore store = MemoryStore.shared(() -> SampleTime.NOW);

  TwoNodes() throws GeneralSecurityException {
    store.clients().add(SampleClient.open(SampleClient.ID.value()));
    MasterKey key = MasterKey.parse(MasterKey.generate());
    here = new Node(open(store, key));
    there = new Node(open(store, key));
  }

  Pair signIn(String grant) {
    AuthorizationCode code = SampleCode.of("code of " + grant, grant);
    store.grants().add(code);
    return pair(
        here.post(
            "/token",
            Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                SampleClient.ID.value(),
                "code",
                "code of " + grant,
                "code_verifier",
                SampleCode.CODE_VERIFIER)));
  }

  Pair refresh(Pair pair) {
    return pair(
        here.post(
            "/token",
            Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                SampleClient.ID.value(),
                "refresh_token",
                pair.refresh())));
  }

  boolean isInForce(String grant) {
    return store.grants().find(new GrantId(grant), SampleTime.NOW).isPresent();
  }

  @Override
  public void close() {
    here.ostiary.close();
    there.ostiary.close();
    store.close();
  }

  private static Ostiary open(MemoryStore store, MasterKey key) {
    var github =
        new GitHubSettings(GitHubSettings.GITHUB, "id", new Secret("secret"), AllowRule.ANYBODY);
    OstiaryConfig config = OstiaryConfig.at(new Issuer("https://mcp.example.com"), github);
    return Ostiary.builder(config, store, key).time(() -> SampleTime.NOW).build();
  }

  private static Pair pair(Reply reply) {
    JsonNode json = json(reply);
    return new Pair(
        json.get("access_token").stringValue(), json.get("refresh_token").stringValue());
  }

  static JsonNode json(Reply reply) {
    return JsonMapper.shared().readTree(((Body.Whole) reply.body()).utf8());
  }

  /** One of the two, as its clients see it. */
  static final class Node {
    private final Ostiary ostiary;
    private final ServiceOutbound outbound;

    private Node(Ostiary ostiary) {
      this.ostiary = ostiary;
      this.outbound = new ServiceOutbound(ostiary.service());
    }

    /** The status of a call with this access token. */
    int call(String accessToken) {
      Headers headers =
          Headers.of("Content-Type", "application/json")
              .with("Accept", "application/json, text/event-stream")
              .with("Authorization", "Bearer " + accessToken)
              .with("MCP-Protocol-Version", "2026-07-28")
              .with("Mcp-Method", "tools/list");
      return send(OutboundRequest.post(uri("/mcp"), headers, Body.utf8(LIST_TOOLS))).status();
    }

    Operator operator() {
      return ostiary.operator();
    }

    Reply revoke(String token) {
      return post("/revoke", Map.of("client_id", SampleClient.ID.value(), "token", token));
    }

    Reply post(String path, Map<String, String> form) {
      String body =
          form.entrySet().stream()
              .map(
                  each ->
                      each.getKey()
                          + "="
                          + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
              .collect(Collectors.joining("&"));
      Headers headers = Headers.of("Content-Type", "application/x-www-form-urlencoded");
      return send(OutboundRequest.post(uri(path), headers, Body.utf8(body)));
    }

    Reply get(String path) {
      return send(OutboundRequest.get(uri(path), Headers.none()));
    }

    private Reply send(OutboundRequest request) {
      return outbound.send(request).join();
    }

    private static URI uri(String path) {
      return URI.create("https://mcp.example.com" + path);
    }
  }
}
