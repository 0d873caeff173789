package dev.ostiary.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.RecordingAuditLog;
import dev.ostiary.authorization.client.assertion.FakeKeyHost;
import dev.ostiary.authorization.client.document.FakeHost;
import dev.ostiary.authorization.client.registration.RegistrationPolicy;
import dev.ostiary.authorization.grant.RecordingListener;
import dev.ostiary.authorization.hash.SecretHash;
import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.authorization.key.SigningAlgorithm;
import dev.ostiary.authorization.model.Lifetimes;
import dev.ostiary.authorization.model.Limit;
import dev.ostiary.authorization.model.Limits;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.page.PageSettings;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.http.Body;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Router;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.registration.ClientMetadata;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server as it is wired, with limits of 2 a minute. */
class LimitedServerTest {
  private static final Limit TWO = new Limit(2, Duration.ofMinutes(1), 2);

  private final MemoryStore store = new MemoryStore();
  private final ScheduledExecutorService scheduler =
      Executors.newScheduledThreadPool(2, Thread.ofVirtual().factory());
  private final RecordingAuditLog audit = new RecordingAuditLog();

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
  }

  @Test
  void limitsRegistrationAuthorizationAndRefusalsAndLetsScriptsReadSo() throws Exception {
    try (var server = open(new Limits(TWO, TWO, TWO, TWO, TWO, TWO))) {
      Router router = new Router(server.endpoints(), Map.of(), Runnable::run);
      for (String path : List.of("/register", "/token", "/authorize")) {
        String method = path.equals("/authorize") ? "GET" : "POST";
        assertThat(send(router, method, path).status()).isEqualTo(400);
        assertThat(send(router, method, path).status()).isEqualTo(400);

        Reply reply = send(router, method, path);

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.headers().first("Retry-After")).contains("30");
        assertThat(reply.headers().first("Cache-Control")).contains("no-store");
        assertThat(reply.headers().first("Access-Control-Allow-Origin"))
            .isEqualTo(path.equals("/authorize") ? Optional.empty() : Optional.of("*"));
      }
    }
  }

  @Test
  void countsWrongSecretsAtEveryEndpointTogether() throws Exception {
    register("oc_1");
    try (var server = open(new Limits(TWO, TWO, TWO, TWO, TWO, TWO))) {
      Router router = new Router(server.endpoints(), Map.of(), Runnable::run);
      assertThat(guess(router, "/revoke").status()).isEqualTo(401);
      assertThat(guess(router, "/introspect").status()).isEqualTo(401);
      int recorded = audit.events().size();

      for (String path : List.of("/revoke", "/introspect", "/token")) {
        Reply reply = guess(router, path);

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.headers().first("Retry-After")).contains("30");
        assertThat(reply.headers().first("Cache-Control")).contains("no-store");
      }
      assertThat(audit.events()).hasSize(recorded);
    }
  }

  @Test
  void limitsNothingWhenLimitsAreOff() throws Exception {
    try (var server = open(Limits.OFF)) {
      Router router = new Router(server.endpoints(), Map.of(), Runnable::run);
      for (int i = 0; i < 1000; i++) {
        assertThat(send(router, "POST", "/token").status()).isEqualTo(400);
      }
    }
  }

  private AuthorizationServer open(Limits limits) throws Exception {
    Issuer issuer = new Issuer("https://mcp.example.com");
    var protectedServer =
        new ProtectedServer(
            "github",
            "GitHub",
            new Resource(issuer.at("/mcp")),
            Scopes.of("read:user"),
            Scopes.of("read:user"),
            "github");
    return AuthorizationServer.open(
        new AuthorizationSettings(
            issuer,
            List.of(protectedServer),
            Lifetimes.DEFAULTS,
            SigningAlgorithm.ES256,
            ClientSettings.of(RegistrationPolicy.OPEN),
            null,
            limits,
            PageSettings.NONE,
            null),
        List.of(new FakeUpstream("github")),
        new Dependencies(
            store,
            MasterKey.parse(MasterKey.generate()),
            audit,
            FakeKeyHost.none(),
            new FakeHost(),
            Runnable::run,
            scheduler,
            new FakeTime()),
        new RecordingListener());
  }

  private void register(String client) {
    store
        .clients()
        .add(
            new RegisteredClient(
                new ClientId(client),
                ClientKind.CONFIGURED,
                SecretHash.of("ocs_secret"),
                null,
                new ClientMetadata(
                    null,
                    List.of(new RedirectUri("https://client.example/callback")),
                    "client_secret_basic",
                    List.of("authorization_code"),
                    List.of("code"),
                    null,
                    null,
                    Map.of()),
                new FakeTime().instant()));
  }

  /** A wrong secret of the client {@code oc_1}. */
  private static Reply guess(Router router, String path) {
    return send(
        router,
        "POST",
        path,
        Headers.of("Content-Type", "application/x-www-form-urlencoded")
            .with("Authorization", FakeTokens.basic("oc_1", "wrong")),
        Body.utf8("grant_type=refresh_token&refresh_token=x&token=x"));
  }

  private static Reply send(Router router, String method, String path) {
    return send(router, method, path, Headers.of("Content-Type", "text/plain"), Body.empty());
  }

  private static Reply send(
      Router router, String method, String path, Headers headers, Body.Whole body) {
    var reply = new CompletableFuture<Reply>();
    Request request =
        new Request(
            "request-1", method, path, "", headers, body, InetAddress.ofLiteral("192.0.2.7"));
    router.serve(new OneReply(request, reply));
    return reply.join();
  }

  /** An exchange that keeps its reply. */
  private record OneReply(Request request, CompletableFuture<Reply> kept) implements Exchange {
    @Override
    public void reply(Reply reply) {
      kept.complete(reply);
    }

    @Override
    public void onAbort(Runnable action) {}
  }
}
