package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.embed.config.Allow;
import dev.ostiary.embed.config.HttpServer;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.ServerEntry;
import dev.ostiary.embed.config.ServerPolicy;
import dev.ostiary.embed.config.credential.Credential;
import dev.ostiary.embed.config.foreign.ForeignAuthorization;
import dev.ostiary.embed.config.foreign.ForeignAuthorization.Registration;
import dev.ostiary.gateway.policy.Listed;
import dev.ostiary.gateway.policy.OfferedScope;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.policy.RequiredScopes;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Headers;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import dev.ostiary.simulator.openid.OpenIdClient;
import dev.ostiary.simulator.openid.OpenIdProviderSettings;
import dev.ostiary.simulator.openid.SimulatedOpenIdProvider;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.testkit.ServiceOutbound;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;

/**
 * An Ostiary whose one server takes the access tokens of a foreign authorization server, which
 * registers no clients.
 */
abstract class BeforeForeignLogin {
  static final String LOGIN = "https://login.acme.example";
  static final String DOCS = AttackedOstiary.URL + "/docs/mcp";
  static final String CALLBACK = AttackedOstiary.URL + "/callback/as.docs";
  static final String READ = "api://docs/Read";
  static final String WRITE = "api://docs/Write";

  private static final Policy POLICY =
      Policy.builder()
          .scope(OfferedScope.of("docs:read", "Read documents").asDefault())
          .scope(OfferedScope.of("docs:write", "Change documents"))
          .tool("write", RequiredScopes.of("docs:write"))
          .tool("read", RequiredScopes.of("docs:read"))
          .build();

  final SettableTime time = new SettableTime();
  final SimulatedOpenIdProvider login;
  final AttackedOstiary ostiary;
  final FakeClient client;
  final List<Request> heard = new CopyOnWriteArrayList<>();
  volatile boolean down;

  BeforeForeignLogin() throws GeneralSecurityException {
    login =
        new SimulatedOpenIdProvider(
            OpenIdProviderSettings.of(
                    OpenIdClient.confidential("shared", "s3cr3t", CALLBACK),
                    OpenIdClient.open("direct", "http://127.0.0.1:1/direct"))
                .with(Person.approving("mona"))
                .audience(DOCS),
            time);
    login.at(URI.create(LOGIN));
    ostiary =
        AttackedOstiary.in(
            new ServiceOutbound(this::network),
            _ -> new ServiceOutbound(this::backend),
            time,
            BeforeForeignLogin::before);
    client = ostiary.register("http://127.0.0.1:43999/callback");
  }

  @AfterEach
  void stop() {
    ostiary.close();
  }

  private static OstiaryConfig before(OstiaryConfig config) {
    HttpServer behind =
        HttpServer.at(URI.create("http://docs.internal:9000/up"))
            .credential(new Credential.IdentityHeaders());
    return OstiaryConfig.gateway(config.url(), foreign())
        .servers(
            Map.of(
                "docs",
                new ServerEntry(behind, "/docs/mcp", new Allow.Everyone())
                    .policy(new ServerPolicy(POLICY, Listed.USABLE, false))));
  }

  private static ForeignAuthorization foreign() {
    return new ForeignAuthorization(
        LOGIN,
        null,
        null,
        null,
        null,
        false,
        Map.of(READ, Scopes.of("docs:read"), WRITE, Scopes.of("docs:write")),
        null,
        new Registration("shared", new Secret("s3cr3t"), Map.of("audience", "api://docs")));
  }

  private void network(Exchange exchange) {
    if (down) {
      exchange.reply(Reply.of(503));
    } else {
      login.serve(exchange);
    }
  }

  private void backend(Exchange exchange) {
    Optional<Reply> discovered = SampleDiscovery.answer(exchange.request().body().utf8());
    if (discovered.isPresent()) {
      exchange.reply(discovered.get());
      return;
    }
    heard.add(exchange.request());
    exchange.reply(Reply.json(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"));
  }

  /** As far as the redirect to the foreign authorization server. */
  String approve(FakeBrowser browser, String scopes) {
    return approve(browser, client, scopes);
  }

  private static String approve(FakeBrowser browser, FakeClient client, String scopes) {
    Map<String, String> request = client.request();
    request.put("resource", DOCS);
    request.put("scope", scopes);
    return FakeBrowser.location(browser.decide(browser.open(FakeClient.url(request)), "approve"));
  }

  String visitLogin(String url) {
    return FakeBrowser.location(
        new ServiceOutbound(login)
            .send(OutboundRequest.get(URI.create(url), Headers.none()))
            .join());
  }

  String code(String scopes) {
    return code(client, scopes);
  }

  private String code(FakeClient client, String scopes) {
    FakeBrowser browser = ostiary.browser();
    String back = visitLogin(approve(browser, client, scopes));
    return FakeClient.answer(FakeBrowser.location(browser.open(back))).getOrDefault("code", "");
  }

  FakeClient.Tokens signIn(String scopes) {
    return signIn(client, scopes);
  }

  FakeClient.Tokens signIn(FakeClient client, String scopes) {
    return FakeClient.tokens(ostiary.token(client.exchange(code(client, scopes))));
  }

  Reply call(String token, String tool) {
    return ostiary.send(
        "POST",
        "/docs/mcp",
        """
        {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "%s", "_meta": {
          "io.modelcontextprotocol/protocolVersion": "2026-07-28",
          "io.modelcontextprotocol/clientCapabilities": {}}}}
        """
            .formatted(tool),
        Headers.of(
            "Authorization",
            "Bearer " + token,
            "Content-Type",
            "application/json",
            "Accept",
            "application/json, text/event-stream",
            "MCP-Protocol-Version",
            "2026-07-28",
            "Mcp-Method",
            "tools/call",
            "Mcp-Name",
            tool));
  }

  static JsonNode claims(String token) {
    return AttackedOstiary.json(
        Reply.json(
            200,
            new String(
                Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8)));
  }

  static List<String> words(String text) {
    return Arrays.asList(text.split(" ", -1));
  }

  static void assertError(Reply reply, int status, String error) {
    assertThat(reply.status()).as(FakeExchange.text(reply)).isEqualTo(status);
    assertThat(AttackedOstiary.json(reply).path("error").asString()).isEqualTo(error);
  }

  <E extends AuditEvent> List<E> audited(Class<E> type) {
    return ostiary.audit.stream().filter(type::isInstance).map(type::cast).toList();
  }

  long tokenRequests() {
    return login.journal().requests("POST", "/token").size();
  }
}
