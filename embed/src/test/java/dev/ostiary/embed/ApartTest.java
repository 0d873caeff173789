package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.embed.config.Allow;
import dev.ostiary.embed.config.ClientEntry;
import dev.ostiary.embed.config.HttpServer;
import dev.ostiary.embed.config.InvalidConfig;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.ServerEntry;
import dev.ostiary.embed.config.ServerTarget;
import dev.ostiary.embed.config.credential.Credential;
import dev.ostiary.embed.config.foreign.ForeignAuthorization;
import dev.ostiary.embed.config.foreign.ForeignAuthorization.Introspection;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Router;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import dev.ostiary.testkit.ServiceOutbound;
import java.net.InetAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The two roles apart: one Ostiary is an authorization server alone, for servers that run
 * elsewhere, and another is a gateway alone, which takes the access tokens of the first.
 */
final class ApartTest {
  private static final String GATE = "https://gate.example.com";
  private static final String DOCS = GATE + "/docs/mcp";
  private static final String NEIGHBOUR = GATE + "/other/mcp";

  private static final String INITIALIZE =
      """
      {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-11-25", "capabilities": {}}}
      """;
  private static final String CALL =
      """
      {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "x", "_meta": {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {}}}}
      """;

  private final SettableTime time = new SettableTime();
  private final SilentStore store = new SilentStore();
  private final MasterKey master;
  private final List<Request> heard = new CopyOnWriteArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile boolean down;
  private AttackedOstiary issuer;
  private FakeClient client;

  ApartTest() throws GeneralSecurityException {
    master = MasterKey.parse(MasterKey.generate());
  }

  @BeforeEach
  void start() throws GeneralSecurityException {
    issuer =
        new AttackedOstiary(
            time,
            config -> {
              Map<String, ServerEntry> servers = new LinkedHashMap<>();
              servers.put("elsewhere", elsewhere(DOCS));
              servers.put("neighbour", elsewhere(NEIGHBOUR));
              return config
                  .servers(servers)
                  .clients(
                      Map.of(
                          "gate",
                          ClientEntry.resourceServer("gate", new Secret("s3"), "elsewhere")));
            });
    client = issuer.register("http://127.0.0.1:43999/callback");
  }

  @AfterEach
  void stop() {
    issuer.close();
    store.close();
  }

  private static ServerEntry elsewhere(String resource) {
    return new ServerEntry(
        new ServerTarget.Elsewhere(new Resource(resource)), ServerEntry.pathOf("x"));
  }

  private String token(String resource) {
    Map<String, String> request = client.request();
    request.put("resource", resource);
    request.put("scope", "mcp");
    FakeBrowser browser = issuer.browser();
    String back = browser.approve(browser.open(FakeClient.url(request)));
    String code = FakeClient.answer(FakeBrowser.location(browser.open(back))).get("code");
    return FakeClient.tokens(issuer.token(client.exchange(String.valueOf(code)))).access();
  }

  private Ostiary gate(UnaryOperator<ForeignAuthorization> foreign, UnaryOperator<ServerEntry> docs)
      throws GeneralSecurityException {
    return gate(foreign, new Credential.IdentityHeaders(), docs);
  }

  private Ostiary gate(
      UnaryOperator<ForeignAuthorization> foreign,
      Credential credential,
      UnaryOperator<ServerEntry> docs)
      throws GeneralSecurityException {
    HttpServer behind =
        HttpServer.at(URI.create("http://docs.internal:9000/up")).credential(credential);
    OstiaryConfig config =
        OstiaryConfig.gateway(
                new Issuer(GATE), foreign.apply(ForeignAuthorization.at(AttackedOstiary.URL)))
            .servers(
                Map.of(
                    "docs",
                    docs.apply(new ServerEntry(behind, "/docs/mcp", new Allow.Everyone()))));
    return Ostiary.builder(config, store, master)
        .time(time)
        .outbound(new ServiceOutbound(this::network))
        .backends(_ -> new ServiceOutbound(this::backend))
        .build();
  }

  private void network(dev.ostiary.http.Exchange exchange) {
    asked.incrementAndGet();
    if (down) {
      exchange.reply(Reply.of(503));
    } else {
      issuer.service().serve(exchange);
    }
  }

  private void backend(dev.ostiary.http.Exchange exchange) {
    heard.add(exchange.request());
    exchange.reply(
        Reply.json(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")
            .with("Mcp-Session-Id", "the-backends-own"));
  }

  private static Reply send(Ostiary gate, String method, String path, String token) {
    return send(gate, method, path, token, INITIALIZE, Headers.none());
  }

  /** A call that needs a scope. */
  private static Reply callTool(Ostiary gate, String token) {
    return send(
        gate,
        "POST",
        "/docs/mcp",
        token,
        CALL,
        Headers.of(
            "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call", "Mcp-Name", "x"));
  }

  private static Reply send(
      Ostiary gate, String method, String path, String token, String body, Headers more) {
    Headers headers =
        more.with("Host", "gate.example.com")
            .with("Content-Type", "application/json")
            .with("Accept", "application/json, text/event-stream");
    return FakeExchange.serve(
        gate.service(),
        new Request(
            "r1",
            method,
            path,
            "",
            token.isEmpty() ? headers : headers.with("Authorization", "Bearer " + token),
            method.equals("GET") ? Body.empty() : Body.utf8(body),
            InetAddress.getLoopbackAddress()));
  }

  private static ForeignAuthorization introspecting(ForeignAuthorization foreign) {
    return new ForeignAuthorization(
        foreign.issuer(),
        null,
        new Introspection("gate", new Secret("s3")),
        null,
        null,
        false,
        Map.of(),
        null,
        null);
  }

  @Nested
  class Gateway {
    @Test
    void takesJwtsOfTheOtherAndTellsTheBackendWhoCalls() throws Exception {
      try (Ostiary gate = gate(UnaryOperator.identity(), UnaryOperator.identity())) {
        String token = token(DOCS);

        Reply reply = send(gate, "POST", "/docs/mcp", token);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers().first("Mcp-Session-Id")).isPresent();
        assertThat(heard.getFirst().headers().first("X-Ostiary-Subject"))
            .hasValueSatisfying(subject -> assertThat(subject).startsWith("github:"));
        assertThat(heard.getFirst().headers().first("X-Ostiary-Client")).contains(client.id);
        assertThat(heard.getFirst().headers().has("Authorization")).isFalse();
        assertThat(gate.knownTokens()).isEqualTo(1);
      }
    }

    @Test
    void knowsATokenWithoutAskingAgainThroughAnOutage() throws Exception {
      try (Ostiary gate = gate(UnaryOperator.identity(), UnaryOperator.identity())) {
        String token = token(DOCS);
        assertThat(send(gate, "POST", "/docs/mcp", token).status()).isEqualTo(200);
        int before = asked.get();
        down = true;

        assertThat(send(gate, "POST", "/docs/mcp", token).status()).isEqualTo(200);
        assertThat(asked.get()).isEqualTo(before);

        time.pass(Duration.ofHours(1));
        assertThat(send(gate, "POST", "/docs/mcp", token).status()).isEqualTo(401);
      }
    }

    @Test
    void isUnavailableWhileTheOtherIs() throws Exception {
      for (UnaryOperator<ForeignAuthorization> how :
          List.<UnaryOperator<ForeignAuthorization>>of(
              UnaryOperator.identity(), ApartTest::introspecting)) {
        down = false;
        String token = token(DOCS);
        down = true;
        try (Ostiary gate = gate(how, UnaryOperator.identity())) {
          Reply reply = send(gate, "POST", "/docs/mcp", token);

          assertThat(reply.status()).isEqualTo(503);
          assertThat(reply.headers().first("Retry-After")).contains("5");
          assertThat(reply.headers().has("WWW-Authenticate")).isFalse();
        }
      }
    }

    @Test
    void refusesTheTokensOfANeighbour() throws Exception {
      String token = token(NEIGHBOUR);
      for (UnaryOperator<ForeignAuthorization> how :
          List.<UnaryOperator<ForeignAuthorization>>of(
              UnaryOperator.identity(), ApartTest::introspecting)) {
        try (Ostiary gate = gate(how, UnaryOperator.identity())) {
          Reply reply = send(gate, "POST", "/docs/mcp", token);

          assertThat(reply.status()).isEqualTo(401);
          assertThat(reply.headers().first("WWW-Authenticate"))
              .hasValueSatisfying(
                  challenge -> assertThat(challenge).contains("error=\"invalid_token\""));
        }
      }
      assertThat(heard).isEmpty();
    }

    @Test
    void introspectsATokenOnceAMinuteAndSeesThatItWasRevoked() throws Exception {
      try (Ostiary gate = gate(ApartTest::introspecting, UnaryOperator.identity())) {
        String token = token(DOCS);
        assertThat(send(gate, "POST", "/docs/mcp", token).status()).isEqualTo(200);
        int before = asked.get();
        assertThat(send(gate, "POST", "/docs/mcp", token).status()).isEqualTo(200);
        assertThat(asked.get()).isEqualTo(before);

        Reply revoked =
            issuer.send(
                "POST",
                "/revoke",
                "token=" + token + "&client_id=" + client.id,
                AttackedOstiary.asForm());
        assertThat(revoked.status()).isEqualTo(200);
        time.pass(Duration.ofSeconds(60));
        issuer.awaitReady();

        assertThat(send(gate, "POST", "/docs/mcp", token).status()).isEqualTo(401);
      }
    }

    @Test
    void asksForTheForeignScopesInItsChallengesAndItsMetadata() throws Exception {
      UnaryOperator<ForeignAuthorization> table =
          foreign ->
              new ForeignAuthorization(
                  foreign.issuer(),
                  null,
                  null,
                  null,
                  null,
                  false,
                  Map.of("api://docs/Use", Scopes.of("mcp")),
                  null,
                  null);
      try (Ostiary gate = gate(table, UnaryOperator.identity())) {
        Reply without = send(gate, "POST", "/docs/mcp", "");
        Reply other = callTool(gate, token(DOCS));
        JsonNode metadata =
            AttackedOstiary.json(
                send(gate, "GET", "/.well-known/oauth-protected-resource/docs/mcp", ""));

        assertThat(without.status()).isEqualTo(401);
        assertThat(without.headers().first("WWW-Authenticate"))
            .hasValueSatisfying(
                challenge -> assertThat(challenge).contains("scope=\"api://docs/Use\""));
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.headers().first("WWW-Authenticate"))
            .hasValueSatisfying(
                challenge ->
                    assertThat(challenge)
                        .contains("error=\"insufficient_scope\"", "scope=\"api://docs/Use\""));
        assertThat(metadata.path("authorization_servers").path(0).asString())
            .isEqualTo(AttackedOstiary.URL);
        assertThat(metadata.path("scopes_supported").path(0).asString())
            .isEqualTo("api://docs/Use");
        assertThat(metadata.path("resource").asString()).isEqualTo(DOCS);
      }
    }

    @Test
    void isForTheSubjectsOnItsList() throws Exception {
      String token = token(DOCS);
      try (Ostiary first = gate(UnaryOperator.identity(), UnaryOperator.identity())) {
        assertThat(send(first, "POST", "/docs/mcp", token).status()).isEqualTo(200);
      }
      String subject = heard.getFirst().headers().first("X-Ostiary-Subject").orElseThrow();
      Allow listed = new Allow.Only(new AllowRule(List.of(subject.replace("%3A", ":")), List.of()));
      Allow others = new Allow.Only(new AllowRule(List.of("github:0"), List.of()));

      try (Ostiary good =
              gate(
                  UnaryOperator.identity(),
                  server -> new ServerEntry(server.behind(), server.path(), listed));
          Ostiary bad =
              gate(
                  UnaryOperator.identity(),
                  server -> new ServerEntry(server.behind(), server.path(), others))) {
        assertThat(send(good, "POST", "/docs/mcp", token).status()).isEqualTo(200);
        assertThat(send(bad, "POST", "/docs/mcp", token).status()).isEqualTo(403);
      }
    }

    @Test
    void isNoAuthorizationServer() throws Exception {
      try (Ostiary gate = gate(UnaryOperator.identity(), UnaryOperator.identity())) {
        assertThat(paths(gate))
            .containsExactlyInAnyOrder(
                "/",
                "/health",
                "/ready",
                "/assets/STYLE",
                "/.well-known/oauth-protected-resource",
                "/.well-known/oauth-protected-resource/docs/mcp",
                "/.well-known/oauth-protected-resource/docs/mcp/");
        assertThat(send(gate, "GET", "/ready", "").status()).isEqualTo(200);
        assertThat(FakeExchange.text(send(gate, "GET", "/", "")))
            .contains(DOCS)
            .doesNotContain("/sign-out");
      }
    }

    @Test
    void publishesItsKeysForSignedIdentities() throws Exception {
      try (Ostiary gate =
          gate(UnaryOperator.identity(), new Credential.SignedIdentity(), server -> server)) {
        assertThat(send(gate, "POST", "/docs/mcp", token(DOCS)).status()).isEqualTo(200);

        assertThat(paths(gate)).contains("/.well-known/jwks.json").doesNotContain("/token");
        assertThat(heard.getLast().headers().first("Authorization"))
            .hasValueSatisfying(field -> assertThat(field).startsWith("Bearer ey"));
      }
    }

    private List<String> paths(Ostiary gate) {
      return gate.routes().stream()
          .map(Router.Listed::route)
          .map(route -> route.path().replaceFirst("^/assets/.*", "/assets/STYLE"))
          .distinct()
          .toList();
    }

    @Test
    void hasNoUpstreamTokenToShow() {
      assertThatThrownBy(
              () ->
                  gate(
                      UnaryOperator.identity(),
                      new Credential.UpstreamToken(),
                      UnaryOperator.identity()))
          .isInstanceOf(InvalidConfig.class)
          .hasMessageContaining("servers.docs.credential")
          .hasMessageContaining("authorization-server");
    }

    @Test
    void hasNoListsThatOnlyASignInKnows() {
      Allow members = new Allow.Only(new AllowRule(List.of(), List.of("acme")));
      assertThatThrownBy(
              () ->
                  gate(
                      UnaryOperator.identity(),
                      server -> new ServerEntry(server.behind(), server.path(), members)))
          .isInstanceOf(InvalidConfig.class)
          .hasMessageContaining("servers.docs.allow.organizations");
    }
  }

  @Nested
  class ServerElsewhere {
    @Test
    void isTheAudienceOfItsTokensAndNotServedHere() {
      String token = token(DOCS);

      assertThat(FakeClient.tokens(Reply.json(200, "{\"access_token\":\"" + token + "\"}")))
          .isNotNull();
      assertThat(claims(token).path("aud").asString()).isEqualTo(DOCS);
      assertThat(issuer.send("POST", "/x/mcp", "{}").status()).isEqualTo(404);
      assertThat(issuer.send("GET", "/.well-known/oauth-protected-resource/docs/mcp", "").status())
          .isEqualTo(404);
      assertThat(
              AttackedOstiary.json(
                      issuer.send("GET", "/.well-known/oauth-authorization-server", ""))
                  .path("protected_resources")
                  .toString())
          .contains(DOCS, NEIGHBOUR);
    }

    private JsonNode claims(String token) {
      byte[] json = java.util.Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
      return AttackedOstiary.json(
          Reply.json(200, new String(json, java.nio.charset.StandardCharsets.UTF_8)));
    }

    private JsonNode introspect(String token, String secret) {
      String basic =
          java.util.Base64.getEncoder()
              .encodeToString(("gate:" + secret).getBytes(java.nio.charset.StandardCharsets.UTF_8));
      return AttackedOstiary.json(
          issuer.send(
              "POST",
              "/introspect",
              "token=" + token,
              AttackedOstiary.asForm("Authorization", "Basic " + basic)));
    }

    @Test
    void introspectsItsOwnTokensAndNoOthers() {
      JsonNode own = introspect(token(DOCS), "s3");

      assertThat(own.path("active").asBoolean()).isTrue();
      assertThat(own.path("aud").asString()).isEqualTo(DOCS);
      assertThat(own.path("client_id").asString()).isEqualTo(client.id);
      assertThat(introspect(token(NEIGHBOUR), "s3").toString()).isEqualTo("{\"active\":false}");
      assertThat(introspect(token(DOCS), "wrong").path("error").asString())
          .isEqualTo("invalid_client");
    }

    @Test
    void isNotOneOfOurOwnAndNotNamedTwice() {
      Map<String, ServerEntry> servers = new LinkedHashMap<>();
      servers.put("own", elsewhere(AttackedOstiary.URL + "/own/mcp"));
      servers.put("one", elsewhere("https://one.example/mcp"));
      servers.put("two", elsewhere("https://one.example/mcp/"));

      assertThatThrownBy(() -> new AttackedOstiary(time, config -> config.servers(servers)))
          .isInstanceOf(InvalidConfig.class)
          .hasMessageContaining("servers.own.resource")
          .hasMessageContaining("servers.two.resource")
          .hasMessageNotContaining("servers.one");
    }

    @Test
    void introspectsOnlyServersThatThereAre() {
      assertThatThrownBy(
              () ->
                  new AttackedOstiary(
                      time,
                      config ->
                          config.clients(
                              Map.of(
                                  "gate",
                                  ClientEntry.resourceServer("gate", new Secret("s"), "none")))))
          .isInstanceOf(InvalidConfig.class)
          .hasMessageContaining("clients.gate.introspects");
    }
  }
}
