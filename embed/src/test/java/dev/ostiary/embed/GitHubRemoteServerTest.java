package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.model.Lifetimes;
import dev.ostiary.connector.github.GitHub;
import dev.ostiary.embed.config.HttpServer;
import dev.ostiary.embed.config.ServerEntry;
import dev.ostiary.embed.config.ServerPolicy;
import dev.ostiary.embed.config.Tokens;
import dev.ostiary.embed.config.credential.Credential;
import dev.ostiary.gateway.policy.Listed;
import dev.ostiary.gateway.policy.OfferedScope;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.policy.RequiredScopes;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.simulator.token.TokenExpiry;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** GitHub's own MCP server behind Ostiary, from the sign-in on, with a stand-in for that server. */
final class GitHubRemoteServerTest {
  private static final String PATH = "/copilot/mcp";
  private static final String MODERN = "2026-07-28";

  private final SettableTime time = new SettableTime();
  private FakeRemoteServer remote;
  private FakeMcpServer socket;
  private AttackedOstiary ostiary;
  private FakeClient app;

  @BeforeEach
  void start() throws IOException, GeneralSecurityException {
    remote = new FakeRemoteServer();
    socket = new FakeMcpServer(remote::answer);
    restart(TokenExpiry.NEVER, new GitHub().policy().orElseThrow());
  }

  private void restart(TokenExpiry expiry, Policy policy) throws GeneralSecurityException {
    if (ostiary != null) {
      ostiary.close();
    }
    Lifetimes usual = Lifetimes.DEFAULTS;
    Tokens lasting =
        new Tokens(
            new Lifetimes(
                usual.code(),
                Duration.ofDays(1),
                usual.refreshIdle(),
                usual.grant(),
                usual.refreshGrace(),
                usual.consent(),
                usual.signIn(),
                usual.session()),
            Tokens.DEFAULTS.signingAlgorithm());
    ServerEntry copilot =
        new ServerEntry(
                HttpServer.at(socket.uri()).credential(new Credential.UpstreamToken()), PATH)
            .policy(new ServerPolicy(policy, Listed.REACHABLE, false));
    ostiary =
        AttackedOstiary.withTokens(
            expiry, time, config -> config.servers(Map.of("copilot", copilot)).tokens(lasting));
    remote.trusts(ostiary.github);
    app = ostiary.register("http://127.0.0.1:43999/callback");
  }

  @AfterEach
  void stop() {
    ostiary.close();
    socket.close();
  }

  private FakeClient.Tokens signIn(String scopes) {
    Map<String, String> request = app.request();
    request.put("resource", AttackedOstiary.URL + PATH);
    request.put("scope", scopes);
    FakeBrowser browser = ostiary.browser();
    String callback = browser.approve(browser.open(FakeClient.url(request)));
    String answer = FakeBrowser.location(browser.open(callback));
    return FakeClient.tokens(
        ostiary.token(app.exchange(FakeClient.answer(answer).getOrDefault("code", ""))));
  }

  private Reply send(FakeClient.Tokens tokens, String method, String tool) {
    String name = tool.isEmpty() ? "" : "\"name\":\"" + tool + "\",\"arguments\":{},";
    Headers headers =
        Headers.of(
            "Authorization",
            "Bearer " + tokens.access(),
            "Cookie",
            "session=client-cookie",
            "Content-Type",
            "application/json",
            "Accept",
            "application/json, text/event-stream",
            "MCP-Protocol-Version",
            MODERN,
            "Mcp-Method",
            method);
    return ostiary.send(
        "POST",
        PATH,
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":{%s\"_meta\":{"
                .formatted(method, name)
            + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}",
        tool.isEmpty() ? headers : headers.with("Mcp-Name", tool));
  }

  private Reply call(FakeClient.Tokens tokens, String tool) {
    return send(tokens, "tools/call", tool);
  }

  private static String challenge(Reply reply) {
    return reply.headers().first("WWW-Authenticate").orElse("");
  }

  private long refreshes() {
    return ostiary.github.journal().requests("POST", "/login/oauth/access_token").stream()
        .filter(request -> request.field("grant_type").filter("refresh_token"::equals).isPresent())
        .count();
  }

  @Test
  @Requirement({"A-20", "A-63", "T-57"})
  void isListedAndCalledWithThePersonsOwnTokenWhichTheClientNeverSees() {
    FakeClient.Tokens tokens = signIn("read:user");

    Reply list = send(tokens, "tools/list", "");
    Reply me = call(tokens, "get_me");

    assertThat(FakeExchange.text(list))
        .contains("get_me", "issue_read", "\"cacheScope\":\"private\"")
        .doesNotContain("unheard_of", "gho_");
    assertThat(FakeExchange.text(me)).contains("done: get_me").doesNotContain("gho_");
    assertThat(socket.heard)
        .hasSize(2)
        .allSatisfy(
            heard -> {
              assertThat(heard.field("Authorization")).startsWith("Bearer gho_");
              assertThat(heard.headers().has("Cookie")).isFalse();
              assertThat(heard.headers().fields().toString()).doesNotContain(tokens.access());
            });
  }

  @Test
  @Requirement({"A-75", "T-57"})
  void isSteppedUpToByOurChallengeAndNarrowGrantsKeepNarrowTokens() {
    FakeClient.Tokens narrow = signIn("read:user");
    Reply refused = call(narrow, "issue_read");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(challenge(refused)).contains("insufficient_scope", "scope=\"repo\"");
    assertThat(socket.heard).isEmpty();

    FakeClient.Tokens wide = signIn("read:user repo");

    assertThat(FakeExchange.text(call(wide, "issue_read"))).contains("done: issue_read");
    String wideToken = socket.last().field("Authorization");
    assertThat(call(narrow, "get_me").status()).isEqualTo(200);
    assertThat(socket.last().field("Authorization")).isNotEqualTo(wideToken);
    assertThat(call(narrow, "issue_read").status()).isEqualTo(403);
  }

  /** Our policy is behind theirs: it lets a call through that needs more at GitHub. */
  @Test
  @Requirement("T-57")
  void asksForScopesInOurWordsAndOnlyWhereThatHelps() throws GeneralSecurityException {
    restart(
        TokenExpiry.NEVER,
        Policy.builder()
            .scope(OfferedScope.of("read:user", "").asDefault())
            .scope(OfferedScope.of("notifications", ""))
            .otherwise(RequiredScopes.NOTHING)
            .build());
    FakeClient.Tokens tokens = signIn("read:user");

    Reply helped = call(tokens, "list_notifications");
    Reply hopeless = call(tokens, "issue_read");

    assertThat(helped.status()).isEqualTo(403);
    assertThat(challenge(helped))
        .contains("scope=\"notifications\"", AttackedOstiary.URL + "/.well-known/")
        .doesNotContain("remote.example");
    assertThat(hopeless.status()).isEqualTo(403);
    assertThat(challenge(hopeless)).isEmpty();
    assertThat(FakeExchange.text(hopeless)).contains("The server copilot does not permit");
    assertThat(FakeExchange.text(call(signIn("read:user notifications"), "list_notifications")))
        .contains("done:");
  }

  @Test
  @Requirement({"A-79", "G-7"})
  void refreshesAnExpiredTokenOnceForManyCallsAtTheSameTime() throws Exception {
    restart(TokenExpiry.ALWAYS, new GitHub().policy().orElseThrow());
    FakeClient.Tokens tokens = signIn("read:user");
    assertThat(call(tokens, "get_me").status()).isEqualTo(200);
    String expired = socket.last().field("Authorization");
    socket.heard.clear();
    time.pass(Duration.ofHours(9));
    ostiary.awaitReady();

    assertThat(together(64, tokens)).containsOnly(200);

    assertThat(refreshes()).isEqualTo(1);
    assertThat(socket.heard.stream().map(each -> each.field("Authorization")).distinct())
        .hasSize(1)
        .doesNotContain(expired);
  }

  /** Nobody told us that it is dead: the remote server's refusals do. */
  @Test
  @Requirement({"A-79", "G-7"})
  void replacesATokenThatOthersHaveMadeUseless() throws Exception {
    restart(TokenExpiry.ALWAYS, new GitHub().policy().orElseThrow());
    FakeClient.Tokens tokens = signIn("read:user");
    assertThat(call(tokens, "get_me").status()).isEqualTo(200);
    FakeClient.Tokens again = signIn("read:user");

    assertThat(together(64, tokens)).containsOnly(200);
    assertThat(together(64, again)).containsOnly(200);

    assertThat(refreshes()).isZero();
  }

  private List<Integer> together(int calls, FakeClient.Tokens tokens) throws Exception {
    List<Future<Integer>> running = new ArrayList<>();
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < calls; i++) {
        running.add(threads.submit(() -> call(tokens, "get_me").status()));
      }
      for (Future<Integer> each : running) {
        statuses.add(each.get());
      }
    }
    return statuses;
  }

  @Test
  @Requirement({"A-79", "T-57"})
  void sendsAPersonToSignInAgainWhoHasRevokedTheToken() {
    FakeClient.Tokens tokens = signIn("read:user");
    assertThat(call(tokens, "get_me").status()).isEqualTo(200);
    ostiary.github.faults().revokeAllTokens("octocat");

    Reply reply = call(tokens, "get_me");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(challenge(reply))
        .contains("invalid_token", AttackedOstiary.URL + "/.well-known/")
        .doesNotContain("remote.example");
    assertThat(socket.heard).hasSize(2);
    assertThat(ostiary.audit.toString()).contains("UPSTREAM_REVOKED");
    assertThat(call(tokens, "get_me").status()).isEqualTo(401);
    assertThat(socket.heard).hasSize(2);
    assertThat(call(signIn("read:user"), "get_me").status()).isEqualTo(200);
  }

  /** The remote server's word alone ends nothing, and costs GitHub one question. */
  @Test
  @Requirement("T-57")
  void losesNoSignInWhenTheRemoteServerRefusesAGoodToken() {
    FakeClient.Tokens tokens = signIn("read:user");
    remote.refusesEverybody = true;
    ostiary.github.journal().clear();

    List<Reply> refused = List.of(call(tokens, "get_me"), call(tokens, "get_me"));

    assertThat(refused)
        .allSatisfy(
            reply -> {
              assertThat(reply.status()).isEqualTo(502);
              assertThat(FakeExchange.text(reply))
                  .contains("\"error\"", "The server copilot refused Ostiary's credentials (401)");
              assertThat(challenge(reply)).isEmpty();
            });
    assertThat(ostiary.github.journal().requests("GET", "/api/v3/user")).hasSize(1);
    remote.refusesEverybody = false;
    assertThat(call(tokens, "get_me").status()).isEqualTo(200);
  }

  @Test
  void keepsSessionsOfOlderRevisions() {
    FakeClient.Tokens tokens = signIn("read:user");
    Headers headers =
        Headers.of(
            "Authorization", "Bearer " + tokens.access(),
            "Content-Type", "application/json",
            "Accept", "application/json, text/event-stream");
    Reply opened =
        ostiary.send(
            "POST",
            PATH,
            """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",
             "capabilities":{},"clientInfo":{"name":"c","version":"1"}}}
            """,
            headers);
    String session = opened.headers().first("Mcp-Session-Id").orElseThrow();

    Reply list =
        ostiary.send(
            "POST",
            PATH,
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}",
            headers.with("MCP-Protocol-Version", "2025-11-25").with("Mcp-Session-Id", session));

    assertThat(session).doesNotContain("remote");
    assertThat(FakeExchange.text(list)).contains("get_me").doesNotContain("unheard_of");
  }
}
