package dev.ostiary.gateway;

import dev.ostiary.gateway.SampleGateway.RecordingLog;
import dev.ostiary.gateway.bridge.ConversationBackend;
import dev.ostiary.gateway.bridge.EraPeerOpener;
import dev.ostiary.gateway.bridge.legacy.LegacyFront;
import dev.ostiary.gateway.bridge.modern.ModernFront;
import dev.ostiary.gateway.bridge.reply.ConversationSettings;
import dev.ostiary.gateway.call.ServerRoute;
import dev.ostiary.gateway.peer.Eras;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.session.SealedSessions;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.gateway.task.TaskBackend;
import dev.ostiary.http.Router;
import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.NettyServer;
import dev.ostiary.http.netty.Options;
import dev.ostiary.mcp.Era;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.protocol.Resource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A gateway on real sockets, between clients of both eras and a backend of messages. */
final class LiveEras implements AutoCloseable {
  private static final String PREFIX = "\"io.modelcontextprotocol/";
  private static final EventLoops LOOPS = EventLoops.start();

  final ScriptedChannels channels;
  final Map<Era, Boolean> learned = new ConcurrentHashMap<>();
  final RecordingLog log = new RecordingLog();
  final Gateway gateway;
  final Ticker ticker;
  final ModernFront modernFront;
  volatile Instant now = SampleGateway.NOW;
  private final LegacyFront legacyFront;
  private final NettyServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<RawCaller> callers = new ArrayList<>();

  LiveEras(ScriptedChannels channels) throws IOException {
    this(channels, 100, 8, Policy.everyCall(LiveGateway.SCOPES));
  }

  LiveEras(ScriptedChannels channels, int conversations, int perUser, Policy policy)
      throws IOException {
    this.channels = channels;
    ticker = new Ticker(() -> now, log);
    ConversationSettings settings = settings(conversations, perUser);
    SampleSeal seal = new SampleSeal();
    EraPeerOpener opener = new EraPeerOpener("docs", channels, new Known(), seal, ticker, log);
    SealedSessions sessions =
        new SealedSessions(LiveGateway.DOCS.value(), seal, settings.sessionLifetime(), () -> now);
    legacyFront = new LegacyFront(settings, opener, sessions, ticker, log);
    modernFront = new ModernFront(settings, opener, ticker);
    ConversationBackend backend = new ConversationBackend(legacyFront, modernFront, false);
    ServerRoute docs =
        new ServerRoute(
            "docs",
            "Docs",
            LiveGateway.DOCS,
            "/docs/mcp",
            LiveGateway.SCOPES,
            new TaskBackend<>(backend, "docs", LiveGateway.DOCS.value(), seal, ticker),
            policy);
    gateway =
        new Gateway(
            LiveGateway.ISSUER,
            List.of(docs),
            verifier(),
            Set.of(),
            threads,
            ticker,
            new RecordingObserver(),
            () -> now,
            log);
    server =
        NettyServer.start(
            Options.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), () -> now),
            LOOPS,
            new Router(List.of(), gateway.services(), threads));
  }

  private static ConversationSettings settings(int conversations, int perUser) {
    return new ConversationSettings(
        "docs",
        LiveGateway.DOCS.value(),
        Duration.ofSeconds(30),
        Duration.ofMinutes(30),
        Duration.ofSeconds(25),
        Duration.ofDays(1),
        Duration.ofMinutes(30),
        conversations,
        perUser);
  }

  private static FakeVerifier verifier() {
    Instant end = SampleGateway.NOW.plus(Duration.ofDays(365));
    Resource docs = LiveGateway.DOCS;
    return new FakeVerifier()
        .knows("good", docs, "mcp", end)
        .knows("again", docs, "mcp", end)
        .knowsAs("github:2", "stranger", docs, "mcp", end);
  }

  /** What has been found out about the backend. */
  private final class Known implements Eras {
    @Override
    public @Nullable Boolean speaks(Era era) {
      return learned.get(era);
    }

    @Override
    public void learned(Era era, boolean spoken) {
      learned.put(era, spoken);
    }
  }

  private RawCaller send(String method, String body, String token, List<String> fields)
      throws IOException {
    RawCaller caller = new RawCaller(server.address());
    synchronized (callers) {
      callers.add(caller);
    }
    List<String> all = new ArrayList<>(List.of("Authorization: Bearer " + token));
    all.addAll(fields);
    return caller.send(method, body, all.toArray(String[]::new));
  }

  /** A request of the modern era with the id 7, of a client without capabilities. */
  RawCaller modern(String method, String params) throws IOException {
    return modern("good", method, params, "{}", "");
  }

  /**
   * A request of the modern era with the id 7.
   *
   * @param params without braces and {@code _meta}
   * @param capabilities of the client
   * @param meta further members of {@code _meta}; empty, or beginning with a comma
   */
  RawCaller modern(
      String token,
      String method,
      String params,
      String capabilities,
      String meta,
      String... fields)
      throws IOException {
    String body =
        LiveBridge.request(
            7,
            method,
            params
                + (params.isEmpty() ? "" : ",")
                + "\"_meta\":{"
                + PREFIX
                + "protocolVersion\":\"2026-07-28\","
                + PREFIX
                + "clientCapabilities\":"
                + capabilities
                + meta
                + "}");
    List<String> all =
        new ArrayList<>(List.of("MCP-Protocol-Version: 2026-07-28", "Mcp-Method: " + method));
    ObjectNode given =
        RpcJson.object(("{" + params + "}").getBytes(StandardCharsets.UTF_8)).orElseThrow();
    for (String name : List.of("name", "uri", "taskId")) {
      if (given.has(name) && !method.startsWith("completion")) {
        all.add("Mcp-Name: " + given.path(name).asString());
      }
    }
    all.addAll(Arrays.asList(fields));
    return send("POST", body, token, all);
  }

  /** Begins a session of the legacy era; returns its id. */
  String begin(String token, String revision, String capabilities) throws IOException {
    String params =
        "\"protocolVersion\":\""
            + revision
            + "\",\"capabilities\":"
            + capabilities
            + ",\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}";
    return send("POST", LiveBridge.request(1, "initialize", params), token, List.of())
        .answer()
        .field("Mcp-Session-Id");
  }

  RawCaller initialize(String revision) throws IOException {
    String params =
        "\"protocolVersion\":\""
            + revision
            + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}";
    return send("POST", LiveBridge.request(1, "initialize", params), "good", List.of());
  }

  /** A request of the legacy era with the id 7. */
  RawCaller legacy(String session, String method, String params) throws IOException {
    return post("good", session, LiveBridge.request(7, method, params));
  }

  RawCaller post(String token, String session, String body, String... fields) throws IOException {
    List<String> all = new ArrayList<>(List.of("Mcp-Session-Id: " + session));
    all.addAll(Arrays.asList(fields));
    return send("POST", body, token, all);
  }

  /** A POST outside of sessions. */
  RawCaller raw(String body, String... fields) throws IOException {
    return send("POST", body, "good", List.of(fields));
  }

  /** A GET in a session. */
  RawCaller get(String session, String... fields) throws IOException {
    List<String> all = new ArrayList<>(List.of("Mcp-Session-Id: " + session));
    all.addAll(Arrays.asList(fields));
    return send("GET", "", "good", all);
  }

  /** A GET whose stream has begun. */
  RawCaller listen(String session) throws IOException {
    RawCaller caller = send("GET", "", "good", List.of("Mcp-Session-Id: " + session));
    if (caller.head().status() != 200) {
      throw new IOException("no stream");
    }
    return caller;
  }

  /** The message of the next event. */
  static ObjectNode event(RawCaller caller) throws IOException {
    for (; ; ) {
      String chunk = caller.chunk();
      if (chunk.isEmpty()) {
        throw new IOException("the stream has ended");
      }
      int data = chunk.indexOf("data: ");
      if (data >= 0) {
        byte[] json = chunk.substring(data + 6).strip().getBytes(StandardCharsets.UTF_8);
        return RpcJson.object(json).orElseThrow();
      }
    }
  }

  void pass(Duration time) {
    now = now.plus(time);
    ticker.tick();
  }

  @Override
  public void close() throws IOException {
    synchronized (callers) {
      for (RawCaller each : callers) {
        each.close();
      }
    }
    legacyFront.close();
    modernFront.close();
    server.close();
    threads.close();
  }
}
