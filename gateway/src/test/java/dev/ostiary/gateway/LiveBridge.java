package dev.ostiary.gateway;

import dev.ostiary.gateway.RawCaller.Said;
import dev.ostiary.gateway.SampleGateway.RecordingLog;
import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.backend.ConnectorBackend;
import dev.ostiary.gateway.bridge.ConversationBackend;
import dev.ostiary.gateway.bridge.legacy.LegacyFront;
import dev.ostiary.gateway.bridge.modern.ModernFront;
import dev.ostiary.gateway.bridge.reply.ConversationSettings;
import dev.ostiary.gateway.call.ServerRoute;
import dev.ostiary.gateway.policy.Listed;
import dev.ostiary.gateway.policy.OfferedScope;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.policy.RequiredScopes;
import dev.ostiary.gateway.session.SealedSessions;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.http.Router;
import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.NettyServer;
import dev.ostiary.http.netty.Options;
import dev.ostiary.protocol.Resource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A gateway on real sockets, with scripted conversations behind {@code /docs/mcp}. */
final class LiveBridge implements AutoCloseable {
  static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":\"i\",\"method\":\"initialize\",\"params\":{"
          + "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"sampling\":{}},"
          + "\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}}";

  /** What the ticker calls even when nothing goes on: verifier, sessions and conversations. */
  private static final int PERMANENT = 3;

  private static final EventLoops LOOPS = EventLoops.start();

  final RecordingLog log = new RecordingLog();
  final RecordingObserver observer = new RecordingObserver();
  final ScriptedPeer.Opener opener = new ScriptedPeer.Opener();
  final LegacyFront front;
  final Gateway gateway;
  final Ticker ticker;
  volatile Instant now = SampleGateway.NOW;
  private final NettyServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<RawCaller> callers = new ArrayList<>();

  LiveBridge(int conversations, int perUser) throws IOException {
    Instant end = SampleGateway.NOW.plus(Duration.ofDays(365));
    FakeVerifier verifier =
        new FakeVerifier()
            .knows("good", LiveGateway.DOCS, "mcp", end)
            .knows("again", LiveGateway.DOCS, "mcp", end)
            .knows("sibling", new Resource("http://127.0.0.1:1/other/mcp"), "mcp", end)
            .knowsAs("github:2", "stranger", LiveGateway.DOCS, "mcp", end);
    ticker = new Ticker(() -> now, log);
    ConversationSettings settings =
        new ConversationSettings(
            "docs",
            LiveGateway.DOCS.value(),
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            Duration.ofSeconds(25),
            Duration.ofDays(1),
            Duration.ofMinutes(30),
            conversations,
            perUser);
    SealedSessions sessions =
        new SealedSessions(
            LiveGateway.DOCS.value(), new SampleSeal(), settings.sessionLifetime(), () -> now);
    front = new LegacyFront(settings, opener, sessions, ticker, log);
    Backend backend =
        new ConversationBackend(front, new ModernFront(settings, opener, ticker), false);
    ServerRoute docs =
        new ServerRoute(
                "docs",
                "Docs",
                LiveGateway.DOCS,
                "/docs/mcp",
                LiveGateway.SCOPES,
                backend,
                Policy.everyCall(LiveGateway.SCOPES))
            .legacySse(true);
    ServerRoute other =
        new ServerRoute(
                "other",
                "Other",
                new Resource("http://127.0.0.1:1/other/mcp"),
                "/other/mcp",
                LiveGateway.SCOPES,
                new ConnectorBackend(SampleTools.server(), threads, log),
                Policy.builder()
                    .scope(OfferedScope.of("mcp", "").asDefault())
                    .scope(OfferedScope.of("more", ""))
                    .tool("write", RequiredScopes.of("more"))
                    .otherwise(RequiredScopes.of("mcp"))
                    .build()
                    .listed(Listed.USABLE))
            .legacySse(true);
    gateway =
        new Gateway(
            LiveGateway.ISSUER,
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

  LiveBridge() throws IOException {
    this(100, 8);
  }

  RawCaller caller() throws IOException {
    RawCaller caller = new RawCaller(server.address());
    synchronized (callers) {
      callers.add(caller);
    }
    return caller;
  }

  /** A caller that has sent this. */
  RawCaller send(String method, String body, String token, String... fields) throws IOException {
    List<String> all = new ArrayList<>(List.of("Authorization: Bearer " + token));
    all.addAll(Arrays.asList(fields));
    return caller().send(method, body, all.toArray(String[]::new));
  }

  RawCaller post(String session, String body, String... fields) throws IOException {
    List<String> all = new ArrayList<>(List.of("Mcp-Session-Id: " + session));
    all.addAll(Arrays.asList(fields));
    return send("POST", body, "good", all.toArray(String[]::new));
  }

  /** A request with the id 7. */
  RawCaller request(String session, String method) throws IOException {
    return post(session, request(7, method, ""));
  }

  /** A request; a call of a tool without parameters is one of {@code read}. */
  static String request(int id, String method, String params) {
    String all = method.equals("tools/call") && params.isEmpty() ? "\"name\":\"read\"" : params;
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\""
        + method
        + "\",\"params\":{"
        + all
        + "}}";
  }

  static String notification(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":{" + params + "}}";
  }

  /** A GET whose stream has begun. */
  RawCaller listen(String session) throws IOException {
    RawCaller caller = send("GET", "", "good", "Mcp-Session-Id: " + session);
    if (caller.head().status() != 200) {
      throw new IOException("no stream");
    }
    return caller;
  }

  /** Begins a session; returns its id. */
  String begin() throws IOException {
    return begin("good").field("Mcp-Session-Id");
  }

  Said begin(String token) throws IOException {
    return send("POST", INITIALIZE, token).answer();
  }

  /** Lets time pass, and looks after everything. */
  void pass(Duration time) {
    now = now.plus(time);
    ticker.tick();
  }

  /** Whether nothing goes on any more. */
  boolean isIdle() {
    return ticker.size() == PERMANENT && gateway.runningCalls() == 0;
  }

  @Override
  public void close() throws IOException {
    synchronized (callers) {
      for (RawCaller each : callers) {
        each.close();
      }
    }
    front.close();
    server.close();
    threads.close();
  }
}
