package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.LiveGateway.Variation;
import dev.ostiary.gateway.RawBackend.Heard;
import dev.ostiary.gateway.RawBackend.Peer;
import dev.ostiary.gateway.RawCaller.Said;
import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.gateway.credential.ApiKey;
import dev.ostiary.gateway.credential.BackendCredential;
import dev.ostiary.gateway.credential.IdentityHeaders;
import dev.ostiary.gateway.credential.SignedIdentity;
import dev.ostiary.gateway.credential.UpstreamToken;
import dev.ostiary.gateway.credential.UserTokens;
import dev.ostiary.gateway.credential.UserTokens.Found;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Secret;
import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a backend is shown in each mode, and what becomes of its refusals, over real connections.
 */
final class CredentialTest {
  private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
  private static final List<String> ALWAYS =
      List.of(
          "host",
          "content-type",
          "content-length",
          "accept",
          "accept-encoding",
          "mcp-protocol-version",
          "mcp-method",
          "mcp-name");

  /** What a client might say of itself to pass for another user. */
  private static final String[] SPOOFED = {
    "Cookie: session=client-cookie",
    "X-Ostiary-Subject: github:0",
    "x-ostiary-client: evil",
    "X_Ostiary_Subject: github:0",
    "X-Ostiary_Scopes: admin",
    "X-OSTIARY-SCOPES: admin",
    "X-API-Key: client-key",
    "X_API_Key: client-key",
    "Proxy-Authorization: Bearer client-proxy"
  };

  private RawBackend docs;

  @BeforeEach
  void start() throws IOException {
    docs = new RawBackend();
  }

  @AfterEach
  void stop() throws IOException {
    docs.close();
  }

  /** Hands out what is queued, and remembers what it was asked. */
  private static final class FakeUserTokens implements UserTokens {
    final Deque<Found> found = new ArrayDeque<>();
    final List<String> refused = new ArrayList<>();

    FakeUserTokens(Found... all) {
      found.addAll(List.of(all));
    }

    @Override
    public Found find(GrantId grant) {
      return found.removeFirst();
    }

    @Override
    public Found reconsider(GrantId grant, Secret token) {
      refused.add(token.reveal());
      return found.removeFirst();
    }
  }

  private static Found token(String value) {
    return new UserTokens.Token(new Secret(value), null);
  }

  private LiveGateway showing(BackendCredential credential) throws IOException {
    return LiveGateway.of(
        LiveGateway.settings(docs.uri()), new Variation(credential, AllowedUsers.EVERYONE));
  }

  private LiveGateway showing(UserTokens tokens) throws IOException {
    return showing(new UpstreamToken(tokens, Runnable::run, () -> SampleGateway.NOW));
  }

  private static RawCaller call(LiveGateway gateway, String method, String... more)
      throws IOException {
    String name = method.equals("tools/call") ? "\"name\":\"read\"," : "";
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""
            + method
            + "\",\"params\":{"
            + name
            + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
    List<String> fields = new ArrayList<>(List.of(more));
    fields.add("Authorization: Bearer good");
    fields.add("Accept: application/json, text/event-stream");
    fields.add("MCP-Protocol-Version: 2026-07-28");
    fields.add("Mcp-Method: " + method);
    if (!name.isEmpty()) {
      fields.add("Mcp-Name: read");
    }
    return gateway.caller().send("POST", body, fields.toArray(String[]::new));
  }

  /** What the backend hears of a call whose client tries to pass for another user. */
  private Heard heard(BackendCredential credential) throws IOException {
    try (LiveGateway gateway = showing(credential);
        RawCaller caller = call(gateway, "tools/call", SPOOFED);
        Peer peer = docs.accept()) {
      Heard heard = peer.hear();
      peer.json(200, RESULT);
      assertThat(caller.answer().content()).isEqualTo(RESULT);
      assertThat(String.join("\n", heard.lines()))
          .doesNotContain("good", "client-", "admin", "github:0", "evil");
      return heard;
    }
  }

  private static List<String> alwaysAnd(String... names) {
    List<String> all = new ArrayList<>(ALWAYS);
    all.addAll(List.of(names));
    return all;
  }

  @Test
  @Requirement({"A-20", "T-57"})
  void noneAddsNothing() throws IOException {
    assertThat(heard(BackendCredential.NONE).names()).containsExactlyInAnyOrderElementsOf(ALWAYS);
  }

  @Test
  @Requirement({"A-20", "T-57"})
  void identityHeadersSayWhoCallsAndNobodyElseCan() throws IOException {
    Heard heard = heard(new IdentityHeaders());

    assertThat(heard.names())
        .containsExactlyInAnyOrderElementsOf(
            alwaysAnd("x-ostiary-subject", "x-ostiary-client", "x-ostiary-scopes"));
    assertThat(heard.field("X-Ostiary-Subject")).isEqualTo("github:1");
    assertThat(heard.field("X-Ostiary-Client")).isEqualTo("cli");
    assertThat(heard.field("X-Ostiary-Scopes")).isEqualTo("mcp");
  }

  @Test
  @Requirement({"A-20", "T-57"})
  void anApiKeyIsSentInItsField() throws IOException {
    Heard heard = heard(new ApiKey("X-API-Key", new Secret("Key k3y")));

    assertThat(heard.names()).containsExactlyInAnyOrderElementsOf(alwaysAnd("x-api-key"));
    assertThat(heard.field("X-API-Key")).isEqualTo("Key k3y");
  }

  @Test
  @Requirement({"A-20", "T-57"})
  void anUpstreamTokenTakesThePlaceOfTheClientsToken() throws IOException {
    FakeUserTokens tokens = new FakeUserTokens(token("gho_1"));
    Heard heard = heard(new UpstreamToken(tokens, Runnable::run, () -> SampleGateway.NOW));

    assertThat(heard.names()).containsExactlyInAnyOrderElementsOf(alwaysAnd("authorization"));
    assertThat(heard.field("Authorization")).isEqualTo("Bearer gho_1");
  }

  @Test
  @Requirement({"A-20", "T-57"})
  void aSignedIdentityIsSignedAnewAfterHalfOfItsLife() throws IOException {
    List<String> signed = new ArrayList<>();
    SignedIdentity.Signer signer =
        (caller, _) -> {
          signed.add(caller.subject().value());
          return new Secret("statement-" + signed.size());
        };
    List<LiveGateway> running = new ArrayList<>();
    SignedIdentity identity =
        new SignedIdentity(
            signer, Duration.ofSeconds(60), Runnable::run, () -> running.getFirst().now);
    try (LiveGateway gateway = showing(identity)) {
      running.add(gateway);
      assertThat(shown(gateway)).isEqualTo("Bearer statement-1");
      gateway.now = gateway.now.plusSeconds(29);
      assertThat(shown(gateway)).isEqualTo("Bearer statement-1");
      gateway.now = gateway.now.plusSeconds(1);
      assertThat(shown(gateway)).isEqualTo("Bearer statement-2");
    }
    assertThat(signed).containsExactly("github:1", "github:1");
  }

  private String shown(LiveGateway gateway) throws IOException {
    try (RawCaller caller = call(gateway, "tools/call");
        Peer peer = docs.accept()) {
      Heard heard = peer.hear();
      peer.json(200, RESULT, "Connection: close");
      caller.answer();
      return heard.field("Authorization");
    }
  }

  @Test
  @Requirement("A-79")
  void aTokenThatIsRefusedIsRenewedAndTheCallMadeOnceMore() throws IOException {
    FakeUserTokens tokens = new FakeUserTokens(token("gho_old"), token("gho_new"));
    try (LiveGateway gateway = showing(tokens);
        RawCaller caller = call(gateway, "tools/call")) {
      Heard first = refuse();
      try (Peer peer = docs.accept()) {
        Heard second = peer.hear();
        peer.json(200, RESULT);

        assertThat(first.field("Authorization")).isEqualTo("Bearer gho_old");
        assertThat(second.field("Authorization")).isEqualTo("Bearer gho_new");
        assertThat(second.body()).isEqualTo(first.body()).isNotEmpty();
        assertThat(caller.answer().status()).isEqualTo(200);
        assertThat(tokens.refused).containsExactly("gho_old");
      }
    }
  }

  /** Answers one call with 401 and a challenge of the backend's own. */
  private Heard refuse() throws IOException {
    try (Peer peer = docs.accept()) {
      Heard heard = peer.hear();
      peer.json(
          401,
          "{}",
          "WWW-Authenticate: Bearer resource_metadata=\"https://backend.example/.well-known\"",
          "Connection: close");
      return heard;
    }
  }

  @Test
  @Requirement("T-57")
  void aTokenThatIsRefusedTwiceIsNotShownAThirdTime() throws IOException {
    FakeUserTokens tokens =
        new FakeUserTokens(token("gho_1"), token("gho_2"), token("gho_3"), token("gho_4"));
    try (LiveGateway gateway = showing(tokens);
        RawCaller caller = call(gateway, "tools/call")) {
      refuse();
      refuse();
      Said said = caller.answer();

      assertThat(said.status()).isEqualTo(502);
      assertThat(said.message()).isEqualTo("The server docs refused Ostiary's credentials (401)");
      assertThat(said.field("WWW-Authenticate")).isEmpty();
      assertThat(tokens.refused).containsExactly("gho_1", "gho_2");
    }
  }

  @Test
  void aTokenThatIsStillGoodAtTheUpstreamIsNotShownAgain() throws IOException {
    FakeUserTokens tokens = new FakeUserTokens(token("gho_1"), token("gho_1"));
    try (LiveGateway gateway = showing(tokens);
        RawCaller caller = call(gateway, "tools/call")) {
      refuse();

      assertThat(caller.answer().status()).isEqualTo(502);
    }
  }

  @Test
  @Requirement("T-57")
  void aTokenThatTheUpstreamHasRevokedSendsTheClientToSignIn() throws IOException {
    FakeUserTokens tokens =
        new FakeUserTokens(token("gho_1"), token("gho_2"), new UserTokens.SignInAgain());
    try (LiveGateway gateway = showing(tokens);
        RawCaller caller = call(gateway, "tools/call")) {
      refuse();
      refuse();
      Said said = caller.answer();

      assertThat(said.status()).isEqualTo(401);
      assertThat(said.field("WWW-Authenticate"))
          .contains("invalid_token", "http://127.0.0.1:1/.well-known")
          .doesNotContain("backend.example");
    }
  }

  @Test
  void aTokenThatCannotBeHadNowIsAServiceUnavailable() throws IOException {
    try (LiveGateway gateway = showing(new FakeUserTokens(new UserTokens.Unavailable()));
        RawCaller caller = call(gateway, "tools/call")) {
      Said said = caller.answer();

      assertThat(said.status()).isEqualTo(503);
      assertThat(said.field("Retry-After")).isEqualTo("5");
    }
  }

  /** No scope that this server offers would help, so no client is sent to ask for any. */
  @ParameterizedTest
  @ValueSource(strings = {"admin:org", "mcp", ""})
  @Requirement("T-57")
  void aMissingScopeThatCannotBeHadHereIsNoChallenge(String scope) throws IOException {
    try (LiveGateway gateway = showing(new IdentityHeaders());
        RawCaller caller = call(gateway, "tools/call");
        Peer peer = docs.accept()) {
      peer.hear();
      peer.json(
          403,
          "{}",
          "WWW-Authenticate: Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"");
      Said said = caller.answer();

      assertThat(said.status()).isEqualTo(403);
      assertThat(said.field("WWW-Authenticate")).isEmpty();
      assertThat(said.message()).isEqualTo("The server docs does not permit this call");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tools/list",
        "prompts/list",
        "resources/list",
        "resources/templates/list",
        "server/discover"
      })
  @Requirement("T-30")
  void whatAPersonGetsIsPrivateAndOtherwiseAsItWas(String method) throws IOException {
    String tail = ",\"tools\":[ {\"x\" : 1.0} ],\"ttlMs\":5}}";
    String head = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"cacheScope\" : ";
    for (BackendCredential personal :
        List.of(
            new IdentityHeaders(),
            new UpstreamToken(
                new FakeUserTokens(token("gho_1"), token("gho_1")),
                Runnable::run,
                () -> SampleGateway.NOW))) {
      try (LiveGateway gateway = showing(personal)) {
        try (RawCaller caller = call(gateway, method);
            Peer peer = docs.accept()) {
          peer.hear();
          peer.json(200, head + "\"public\"" + tail, "Connection: close");

          assertThat(caller.answer().content()).isEqualTo(head + "\"private\"" + tail);
        }
        try (RawCaller caller = call(gateway, method);
            Peer peer = docs.accept()) {
          peer.hear();
          String event = "id: 7\ndata: " + head + "\"public\"" + tail + "\n\n";
          peer.events().chunk(event).say("0\r\n\r\n");

          assertThat(caller.answer().content()).isEqualTo(event.replace("public", "private"));
        }
      }
    }
  }

  @Test
  void whatEverybodyGetsStaysPublic() throws IOException {
    String answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"cacheScope\":\"public\"}}";
    try (LiveGateway gateway = showing(new ApiKey("X-API-Key", new Secret("k3y")));
        RawCaller caller = call(gateway, "tools/list");
        Peer peer = docs.accept()) {
      peer.hear();
      peer.json(200, answer);

      assertThat(caller.answer().content()).isEqualTo(answer);
    }
  }
}
