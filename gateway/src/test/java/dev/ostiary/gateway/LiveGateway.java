package dev.ostiary.gateway;

import dev.ostiary.gateway.SampleGateway.RecordingLog;
import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.backend.ConnectorBackend;
import dev.ostiary.gateway.backend.HttpBackend;
import dev.ostiary.gateway.backend.HttpBackendSettings;
import dev.ostiary.gateway.bridge.ConversationBackend;
import dev.ostiary.gateway.bridge.EraPeerOpener;
import dev.ostiary.gateway.bridge.legacy.LegacyFront;
import dev.ostiary.gateway.bridge.modern.ModernFront;
import dev.ostiary.gateway.bridge.reply.ConversationSettings;
import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.gateway.call.ServerRoute;
import dev.ostiary.gateway.credential.BackendCredential;
import dev.ostiary.gateway.era.EraMemory;
import dev.ostiary.gateway.era.RememberedEras;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.remote.AdaptiveBackend;
import dev.ostiary.gateway.remote.BridgedSeal;
import dev.ostiary.gateway.remote.HttpChannels;
import dev.ostiary.gateway.session.SealedSessions;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.gateway.task.TaskBackend;
import dev.ostiary.http.ClientSettings;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.Router;
import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.NettyServer;
import dev.ostiary.http.netty.Options;
import dev.ostiary.http.netty.outbound.NettyOutbounds;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A gateway on real sockets, with a server {@code docs} at {@code /docs/mcp} behind it. */
final class LiveGateway implements AutoCloseable {
  static final Issuer ISSUER = new Issuer("http://127.0.0.1:1");
  static final Resource DOCS = new Resource("http://127.0.0.1:1/docs/mcp");
  static final Scopes SCOPES = Scopes.of("mcp");

  /** What the ticker calls even when nothing goes on: the verifier, and the bulkhead. */
  private static final int PERMANENT = 2;

  private static final EventLoops LOOPS = EventLoops.start();

  final RecordingLog log = new RecordingLog();
  final RecordingObserver observer = new RecordingObserver();
  final FakeVerifier verifier;
  final Ticker ticker;
  final HttpBackend backend;
  final Gateway gateway;
  volatile Instant now = SampleGateway.NOW;
  final RememberedEras eras =
      RememberedEras.of("docs", EraMemory.NONE, Runnable::run, () -> now, log);
  private final Outbound outbound;
  private final NettyServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private LiveGateway(HttpBackendSettings settings, Variation with, boolean adapts)
      throws IOException {
    Instant end = SampleGateway.NOW.plus(Duration.ofDays(365));
    verifier =
        new FakeVerifier()
            .knows("good", DOCS, "mcp", end)
            .knows("brief", DOCS, "mcp", SampleGateway.NOW.plusSeconds(300))
            .knows("sibling", new Resource("http://127.0.0.1:1/other/mcp"), "mcp", end)
            .knowsAs("github:2", "stranger", DOCS, "mcp", end);
    ticker = new Ticker(() -> now, log);
    outbound =
        new NettyOutbounds(LOOPS)
            .open(new ClientSettings(List.of(), Duration.ofSeconds(5), ClientSettings.USUAL_IDLE));
    backend =
        new HttpBackend(
            settings,
            outbound,
            with.credential(),
            new SampleSeal(),
            ticker,
            observer,
            () -> now,
            log);
    ServerRoute docs =
        new ServerRoute(
                "docs",
                "Docs",
                DOCS,
                "/docs/mcp",
                SCOPES,
                adapts ? adapting(settings) : backend,
                with.policy(),
                with.allowedUsers(),
                ServerRoute.BODY_LIMIT)
            .legacySse(true);
    ServerRoute other =
        new ServerRoute(
            "other",
            "Other",
            new Resource("http://127.0.0.1:1/other/mcp"),
            "/other/mcp",
            SCOPES,
            new ConnectorBackend(SampleTools.server(), threads, log),
            Policy.OPEN);
    gateway =
        new Gateway(
            ISSUER,
            List.of(docs, other),
            verifier,
            Set.of(),
            threads,
            ticker,
            observer,
            () -> now,
            log);
    server =
        NettyServer.start(
            Options.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), () -> now),
            LOOPS,
            new Router(List.of(), gateway.services(), threads));
  }

  /** What else may be different. */
  record Variation(BackendCredential credential, AllowedUsers allowedUsers, Policy policy) {
    Variation(BackendCredential credential, AllowedUsers allowedUsers) {
      this(credential, allowedUsers, Policy.everyCall(SCOPES));
    }

    static final Variation NONE = new Variation(BackendCredential.NONE, AllowedUsers.EVERYONE);
  }

  static LiveGateway of(RawBackend behind) throws IOException {
    return of(settings(behind.uri()), Variation.NONE);
  }

  static LiveGateway of(HttpBackendSettings settings) throws IOException {
    return of(settings, Variation.NONE);
  }

  static LiveGateway of(HttpBackendSettings settings, Variation with) throws IOException {
    return new LiveGateway(settings, with, false);
  }

  /** One that bridges the eras, and whose tasks belong to grants. */
  static LiveGateway adaptive(HttpBackendSettings settings) throws IOException {
    return new LiveGateway(settings, Variation.NONE, true);
  }

  private Backend adapting(HttpBackendSettings settings) {
    var conversations =
        new ConversationSettings(
            settings.name(),
            settings.resource(),
            settings.answer(),
            settings.idle(),
            settings.keepAlive(),
            settings.sessionLifetime(),
            Duration.ofMinutes(30),
            100,
            10);
    var seal = new BridgedSeal(new SampleSeal());
    var sessions =
        new SealedSessions(settings.resource(), seal, settings.sessionLifetime(), () -> now);
    var opener =
        new EraPeerOpener(
            settings.name(), new HttpChannels(backend, ticker), eras, seal, ticker, log);
    var adaptive =
        new AdaptiveBackend(
            backend,
            new ConversationBackend(
                new LegacyFront(conversations, opener, sessions, ticker, log),
                new ModernFront(conversations, opener, ticker),
                false),
            eras,
            ticker);
    return new TaskBackend<>(
        adaptive, settings.name(), settings.resource(), new SampleSeal(), ticker);
  }

  static HttpBackendSettings settings(URI uri) {
    return settings(uri, Duration.ofSeconds(30), 16);
  }

  static HttpBackendSettings settings(URI uri, Duration answer, int calls) {
    return new HttpBackendSettings(
        "docs",
        DOCS.value(),
        uri,
        answer,
        Duration.ofMinutes(10),
        Duration.ofSeconds(25),
        Duration.ofDays(1),
        calls,
        1,
        3,
        3,
        Duration.ofSeconds(10));
  }

  int port() {
    return server.address().getPort();
  }

  RawCaller caller() throws IOException {
    return new RawCaller(server.address());
  }

  /** Whether nothing goes on any more: no call, no stream, nothing in the queue. */
  boolean isIdle() {
    return backend.size() == 0 && ticker.size() == PERMANENT && gateway.runningCalls() == 0;
  }

  /** Lets time pass, and looks after everything. */
  void pass(Duration time) {
    now = now.plus(time);
    ticker.tick();
  }

  @Override
  public void close() {
    server.close();
    outbound.close();
    threads.close();
  }
}
