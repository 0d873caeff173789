package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.embed.config.Allow;
import dev.ostiary.embed.config.Credential;
import dev.ostiary.embed.config.HttpServer;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.ServerEntry;
import dev.ostiary.embed.config.ServerPolicy;
import dev.ostiary.embed.config.foreign.ForeignAuthorization;
import dev.ostiary.embed.config.foreign.ForeignAuthorization.Registration;
import dev.ostiary.gateway.policy.Listed;
import dev.ostiary.gateway.policy.OfferedScope;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.policy.RequiredScopes;
import dev.ostiary.http.Body;
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
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Clients that cannot register at a foreign authorization server register with Ostiary, and get the
 * foreign access tokens.
 */
final class HandedOutTokensTest {
  private static final String LOGIN = "https://login.acme.example";
  private static final String DOCS = AttackedOstiary.URL + "/docs/mcp";
  private static final String CALLBACK = AttackedOstiary.URL + "/callback/as.docs";
  private static final String READ = "api://docs/Read";
  private static final String WRITE = "api://docs/Write";

  private static final Policy POLICY =
      Policy.builder()
          .scope(OfferedScope.of("docs:read", "Read documents").asDefault())
          .scope(OfferedScope.of("docs:write", "Change documents"))
          .tool("write", RequiredScopes.of("docs:write"))
          .tool("read", RequiredScopes.of("docs:read"))
          .build();

  private final SettableTime time = new SettableTime();
  private final SimulatedOpenIdProvider login;
  private final AttackedOstiary ostiary;
  private final FakeClient client;
  private final List<Request> heard = new CopyOnWriteArrayList<>();
  private volatile boolean down;

  HandedOutTokensTest() throws GeneralSecurityException {
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
            HandedOutTokensTest::before);
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
    heard.add(exchange.request());
    exchange.reply(Reply.json(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"));
  }

  /** As far as the redirect to the foreign authorization server. */
  private String approve(FakeBrowser browser, String scopes) {
    Map<String, String> request = client.request();
    request.put("resource", DOCS);
    request.put("scope", scopes);
    return FakeBrowser.location(browser.decide(browser.open(FakeClient.url(request)), "approve"));
  }

  private String visitLogin(String url) {
    return FakeBrowser.location(
        new ServiceOutbound(login)
            .send(OutboundRequest.get(URI.create(url), Headers.none()))
            .join());
  }

  private String code(String scopes) {
    FakeBrowser browser = ostiary.browser();
    String back = visitLogin(approve(browser, scopes));
    return FakeClient.answer(FakeBrowser.location(browser.open(back))).getOrDefault("code", "");
  }

  private FakeClient.Tokens signIn(String scopes) {
    return FakeClient.tokens(ostiary.token(client.exchange(code(scopes))));
  }

  private Reply call(String token, String tool) {
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

  private static JsonNode claims(String token) {
    return AttackedOstiary.json(
        Reply.json(
            200,
            new String(
                Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8)));
  }

  private static List<String> words(String text) {
    return Arrays.asList(text.split(" ", -1));
  }

  private static void assertError(Reply reply, int status, String error) {
    assertThat(reply.status()).as(FakeExchange.text(reply)).isEqualTo(status);
    assertThat(AttackedOstiary.json(reply).path("error").asString()).isEqualTo(error);
  }

  private <E extends AuditEvent> List<E> audited(Class<E> type) {
    return ostiary.audit.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private long tokenRequests() {
    return login.journal().requests("POST", "/token").size();
  }

  @Test
  void metadataSendsClientsToUs() {
    JsonNode resource =
        AttackedOstiary.json(
            ostiary.send("GET", "/.well-known/oauth-protected-resource/docs/mcp", ""));
    JsonNode server =
        AttackedOstiary.json(ostiary.send("GET", "/.well-known/oauth-authorization-server", ""));
    Reply without =
        ostiary.send(
            "POST",
            "/docs/mcp",
            "{}",
            Headers.of("Content-Type", "application/json", "Accept", "application/json"));

    assertThat(resource.path("authorization_servers").toString())
        .isEqualTo("[\"" + AttackedOstiary.URL + "\"]");
    assertThat(resource.path("scopes_supported").toString()).isEqualTo("[\"docs:read\"]");
    assertThat(server.path("issuer").asString()).isEqualTo(AttackedOstiary.URL);
    assertThat(server.path("registration_endpoint").asString())
        .isEqualTo(AttackedOstiary.URL + "/register");
    assertThat(server.path("scopes_supported").toString()).contains("docs:read");
    assertThat(without.headers().first("WWW-Authenticate").orElseThrow())
        .contains("scope=\"docs:read\"");
  }

  @Test
  void aClientGetsTheForeignTokenAfterOurConsentPage() {
    FakeBrowser browser = ostiary.browser();
    Map<String, String> request = client.request();
    request.put("resource", DOCS);
    request.put("scope", "docs:read docs:write");
    Reply page = browser.open(FakeClient.url(request));
    assertThat(page.status()).isEqualTo(200);
    assertThat(FakeExchange.text(page)).contains("Change documents", "login.acme.example");

    String authorize = FakeBrowser.location(browser.decide(page, "approve"));
    Map<String, String> asked = FakeClient.answer(authorize);
    assertThat(authorize).startsWith(LOGIN + "/authorize?");
    assertThat(asked)
        .containsEntry("client_id", "shared")
        .containsEntry("redirect_uri", CALLBACK)
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("audience", "api://docs")
        .doesNotContainEntry("code_challenge", client.verifier.challenge().value())
        .doesNotContainEntry("state", FakeClient.STATE);
    assertThat(words(asked.getOrDefault("scope", "")))
        .containsExactlyInAnyOrder("openid", "profile", "offline_access", READ, WRITE);

    Map<String, String> answer =
        FakeClient.answer(FakeBrowser.location(browser.open(visitLogin(authorize))));
    assertThat(answer)
        .containsEntry("state", FakeClient.STATE)
        .containsEntry("iss", AttackedOstiary.URL);
    Reply reply = ostiary.token(client.exchange(answer.getOrDefault("code", "")));
    FakeClient.Tokens tokens = FakeClient.tokens(reply);

    assertThat(AttackedOstiary.json(reply).path("expires_in").asLong()).isEqualTo(3600);
    assertThat(words(tokens.scope())).containsExactlyInAnyOrder("docs:read", "docs:write");
    assertThat(claims(tokens.access()).path("iss").asString()).isEqualTo(LOGIN);
    assertThat(claims(tokens.access()).path("client_id").asString()).isEqualTo("shared");
    assertThat(call(tokens.access(), "write").status()).isEqualTo(200);
    assertThat(heard.getLast().headers().first("X-Ostiary-Subject"))
        .contains(claims(tokens.access()).path("sub").asString());
    assertThat(heard.getLast().headers().has("Authorization")).isFalse();
  }

  @Test
  void aCallbackCountsInItsOwnBrowserAlone() {
    String back = visitLogin(approve(ostiary.browser(), "docs:read"));
    long before = tokenRequests();

    assertThat(ostiary.browser().open(back).status()).isEqualTo(400);
    assertThat(tokenRequests()).isEqualTo(before);
  }

  @Test
  void aNarrowerConsentAsksForLess() {
    FakeBrowser browser = ostiary.browser();
    String authorize = approve(browser, "docs:read");
    assertThat(words(FakeClient.answer(authorize).getOrDefault("scope", "")))
        .contains(READ)
        .doesNotContain(WRITE);

    String code =
        FakeClient.answer(FakeBrowser.location(browser.open(visitLogin(authorize))))
            .getOrDefault("code", "");
    FakeClient.Tokens tokens = FakeClient.tokens(ostiary.token(client.exchange(code)));

    assertThat(tokens.scope()).isEqualTo("docs:read");
    assertThat(call(tokens.access(), "read").status()).isEqualTo(200);
    Reply more = call(tokens.access(), "write");
    assertThat(more.status()).isEqualTo(403);
    assertThat(more.headers().first("WWW-Authenticate").orElseThrow())
        .contains("insufficient_scope", "docs:write");
  }

  @Test
  void whatTheForeignServerDoesNotGrantIsNotSaidToBeGranted() {
    login.faults().tokenResponse(answer -> answer.put("scope", "openid " + READ));

    assertThat(signIn("docs:read docs:write").scope()).isEqualTo("docs:read");
  }

  @Test
  void aTokenResponseWithoutScopesGrantsWhatWasAskedFor() {
    login
        .faults()
        .tokenResponse(
            answer -> {
              answer.remove("scope");
              return answer;
            });

    assertThat(signIn("docs:read").scope()).isEqualTo("docs:read");
  }

  @Test
  void aRefreshHandsOutTheCurrentTokenAndRotatesOurs() {
    FakeClient.Tokens first = signIn("docs:read docs:write");
    long before = tokenRequests();
    time.pass(Duration.ofMinutes(10));
    ostiary.awaitReady();

    Map<String, String> narrower = client.refresh(first);
    narrower.put("scope", "docs:read");
    Reply reply = ostiary.token(narrower);
    FakeClient.Tokens second = FakeClient.tokens(reply);

    assertThat(second.access()).isEqualTo(first.access());
    assertThat(second.refresh()).isNotEqualTo(first.refresh());
    assertThat(words(second.scope())).containsExactlyInAnyOrder("docs:read", "docs:write");
    assertThat(AttackedOstiary.json(reply).path("expires_in").asLong()).isEqualTo(3000);
    assertThat(tokenRequests()).isEqualTo(before);
  }

  @Test
  void aRefreshBringsAnotherTokenShortlyBeforeTheEnd() {
    FakeClient.Tokens first = signIn("docs:read");
    time.pass(Duration.ofMinutes(56));
    ostiary.awaitReady();

    Reply reply = ostiary.token(client.refresh(first));
    FakeClient.Tokens second = FakeClient.tokens(reply);

    assertThat(second.access()).isNotEqualTo(first.access());
    assertThat(AttackedOstiary.json(reply).path("expires_in").asLong()).isEqualTo(3600);
    assertThat(call(second.access(), "read").status()).isEqualTo(200);
  }

  @Test
  void aRefusedForeignRefreshEndsTheGrant() {
    FakeClient.Tokens tokens = signIn("docs:read");
    login.faults().endSessions("mona");
    time.pass(Duration.ofHours(1));
    ostiary.awaitReady();

    assertError(ostiary.token(client.refresh(tokens)), 400, "invalid_grant");
    assertThat(audited(AuditEvent.GrantEnded.class)).hasSize(1);
    assertError(ostiary.token(client.refresh(tokens)), 400, "invalid_grant");
  }

  @Test
  void anOutageSpendsNoRefreshToken() {
    FakeClient.Tokens tokens = signIn("docs:read");
    time.pass(Duration.ofHours(1));
    ostiary.awaitReady();
    down = true;

    Reply reply = ostiary.token(client.refresh(tokens));
    assertError(reply, 503, "temporarily_unavailable");
    assertThat(reply.headers().has("Retry-After")).isTrue();

    down = false;
    FakeClient.Tokens after = FakeClient.tokens(ostiary.token(client.refresh(tokens)));
    assertThat(call(after.access(), "read").status()).isEqualTo(200);
    assertThat(audited(AuditEvent.RefreshRotated.class)).hasSize(1);
    assertThat(audited(AuditEvent.RefreshRepeated.class)).isEmpty();
  }

  @Test
  void anOutageSpendsNoCode() {
    login.faults().tokenResponse(answer -> answer.put("expires_in", 10));
    String code = code("docs:read");
    time.pass(Duration.ofSeconds(20));
    down = true;

    assertError(ostiary.token(client.exchange(code)), 503, "temporarily_unavailable");

    down = false;
    FakeClient.Tokens tokens = FakeClient.tokens(ostiary.token(client.exchange(code)));
    assertThat(call(tokens.access(), "read").status()).isEqualTo(200);
  }

  @Test
  void aCodeThatManySendGetsOneAnswer() throws Exception {
    String code = code("docs:read");
    List<Callable<Integer>> exchanges =
        Collections.nCopies(32, () -> ostiary.token(client.exchange(code)).status());
    List<Integer> statuses = new CopyOnWriteArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> each : threads.invokeAll(exchanges)) {
        statuses.add(each.get());
      }
    }

    assertThat(statuses.stream().filter(status -> status == 200)).hasSize(1);
    assertThat(audited(AuditEvent.CodeRedeemed.class)).hasSize(1);
    assertThat(audited(AuditEvent.CodeReplayed.class)).isNotEmpty();
    assertThat(audited(AuditEvent.GrantEnded.class)).hasSize(1);
  }

  @Test
  void aTokenForAnotherAudienceIsRefused() {
    login.faults().accessClaims(claims -> claims.put("aud", AttackedOstiary.URL + "/other/mcp"));

    Reply reply = call(signIn("docs:read").access(), "read");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(heard).isEmpty();
  }

  @Test
  void aTokenFromTheForeignServerItselfIsTakenToo() {
    String back =
        visitLogin(
            LOGIN
                + "/authorize?"
                + FakeClient.encode(
                    Map.of(
                        "response_type", "code",
                        "client_id", "direct",
                        "redirect_uri", "http://127.0.0.1:1/direct",
                        "state", "s",
                        "scope", "openid " + READ)));
    Reply reply =
        new ServiceOutbound(login)
            .send(
                OutboundRequest.post(
                    URI.create(LOGIN + "/token"),
                    Headers.of("Content-Type", "application/x-www-form-urlencoded"),
                    Body.utf8(
                        FakeClient.encode(
                            Map.of(
                                "grant_type", "authorization_code",
                                "client_id", "direct",
                                "redirect_uri", "http://127.0.0.1:1/direct",
                                "code", FakeClient.answer(back).getOrDefault("code", ""))))))
            .join();

    assertThat(call(FakeClient.tokens(reply).access(), "read").status()).isEqualTo(200);
  }

  @Test
  void aForeignAccessTokenIsUnknownToRevocationAndIntrospection() {
    FakeClient.Tokens tokens = signIn("docs:read");
    String form = FakeClient.encode(Map.of("token", tokens.access(), "client_id", client.id));

    Reply introspected = ostiary.send("POST", "/introspect", form, AttackedOstiary.asForm());
    Reply revoked = ostiary.send("POST", "/revoke", form, AttackedOstiary.asForm());

    assertThat(FakeExchange.text(introspected)).doesNotContain("\"active\":true");
    assertThat(revoked.status()).isEqualTo(200);
    assertThat(call(tokens.access(), "read").status()).isEqualTo(200);
    FakeClient.tokens(ostiary.token(client.refresh(tokens)));
  }

  @Test
  void revokingOurRefreshTokenEndsTheGrantAndTheForeignTokens() {
    FakeClient.Tokens tokens = signIn("docs:read");
    time.pass(Duration.ofMinutes(10)); // tokens of a sign-in that may be making a grant stay
    ostiary.awaitReady();

    Reply revoked =
        ostiary.send(
            "POST",
            "/revoke",
            FakeClient.encode(Map.of("token", tokens.refresh(), "client_id", client.id)),
            AttackedOstiary.asForm());

    assertThat(revoked.status()).isEqualTo(200);
    assertError(ostiary.token(client.refresh(tokens)), 400, "invalid_grant");
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (login.journal().requests("POST", "/revoke").isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void foreignTokensAreInNoAuditEvent() {
    FakeClient.Tokens tokens = signIn("docs:read");
    FakeClient.tokens(ostiary.token(client.refresh(tokens)));

    assertThat(ostiary.audit.stream().map(Object::toString).collect(Collectors.joining()))
        .isNotEmpty()
        .doesNotContain(tokens.access())
        .doesNotContain(tokens.access().substring(tokens.access().lastIndexOf('.') + 1));
  }
}
