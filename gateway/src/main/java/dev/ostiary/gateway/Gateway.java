package dev.ostiary.gateway;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.call.McpEndpoint;
import dev.ostiary.gateway.call.OriginCheck;
import dev.ostiary.gateway.call.RunningCalls;
import dev.ostiary.gateway.call.ServerCalls;
import dev.ostiary.gateway.call.ServerRoute;
import dev.ostiary.gateway.observe.GatewayObserver;
import dev.ostiary.gateway.observe.ServerMetrics;
import dev.ostiary.gateway.policy.PolicyEvaluator;
import dev.ostiary.gateway.refusal.Refusals;
import dev.ostiary.gateway.sse.SseEndpoints;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.gateway.token.TokenCache;
import dev.ostiary.gateway.token.TokenCheck;
import dev.ostiary.gateway.token.TokenVerifier;
import dev.ostiary.gateway.tool.ToolLists;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Service;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.metadata.ProtectedResourceMetadata;
import java.lang.System.Logger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/** The protected resources: every MCP server, what guards it, and the metadata that says so. */
public final class Gateway {
  private static final int REMEMBERED_TOKENS = 50_000;

  private final TokenCheck tokens;
  private final List<TokenCheck> foreignTokens = new ArrayList<>();
  private final InstantSource time;
  private final RunningCalls running = new RunningCalls();
  private final Map<String, Service> services = new LinkedHashMap<>();
  private final List<Endpoint> metadata = new ArrayList<>();
  private final Set<Backend> backends;

  /** A gateway without an observer. */
  public Gateway(
      Issuer issuer,
      List<ServerRoute> servers,
      TokenVerifier verifier,
      Set<String> origins,
      Executor executor,
      Ticker ticker,
      InstantSource time,
      Logger log) {
    this(issuer, servers, verifier, origins, executor, ticker, GatewayObserver.NONE, time, log);
  }

  /**
   * Wires the parts.
   *
   * @param issuer where access tokens come from, unless a server has another source of them; on a
   *     loopback host, all loopback origins may call
   * @param verifier of access tokens that have no other source
   * @param origins further origins whose scripts may call, such as {@code https://app.example.com}
   * @param executor for work that blocks: a virtual thread for each
   * @param ticker enforces the time-outs of streams
   */
  public Gateway(
      Issuer issuer,
      List<ServerRoute> servers,
      TokenVerifier verifier,
      Set<String> origins,
      Executor executor,
      Ticker ticker,
      GatewayObserver observer,
      InstantSource time,
      Logger log) {
    this.time = time;
    this.tokens = new TokenCheck(verifier, new TokenCache(REMEMBERED_TOKENS), time);
    this.backends = servers.stream().map(ServerRoute::backend).collect(toUnmodifiableSet());
    OriginCheck admitted = new OriginCheck(issuer, origins);
    for (ServerRoute server : servers) {
      PolicyEvaluator evaluator = new PolicyEvaluator(server.policy());
      var tools = new ToolLists(server.backend(), server.policy(), ticker, log);
      var metrics = new ServerMetrics(server.name(), server.policy(), observer);
      var refusals =
          new Refusals(
              server.name(), server.resource(), server.scopes(), server::wire, observer, log);
      var calls = new ServerCalls(server, evaluator, refusals, running, ticker, tools, metrics);
      TokenCheck accepted = tokens(server);
      var endpoint = new McpEndpoint(calls, admitted, accepted, executor, log);
      serve(server.path(), endpoint);
      if (server.legacySse()) {
        new SseEndpoints(calls, endpoint, admitted, accepted, executor, log)
            .services()
            .forEach(this::serveExactly);
      }
      describe(issuer, server, servers.size() == 1);
    }
    ticker.add(_ -> endStreamsUnless(verifier.isCurrent()));
  }

  /** What listens where: each path exactly, and with or without a slash at its end. */
  public Map<String, Service> services() {
    return Map.copyOf(services);
  }

  /** The metadata documents of the servers (RFC 9728). */
  public List<Endpoint> metadata() {
    return List.copyOf(metadata);
  }

  /** Forgets the access tokens of a grant, and answers its calls that still run with 401. */
  public void ended(GrantId grant) {
    tokens.ended(grant);
    running.end(grant);
    backends.forEach(backend -> backend.ended(grant));
  }

  /** Forgets one access token, and answers its calls that still run with 401. */
  public void revoked(String jti) {
    tokens.revoked(jti);
    running.end(jti);
  }

  /** Ends, in order, the streams that do not end by themselves: their clients come again. */
  public void endLastingStreams() {
    running.stopLasting();
  }

  /** Ends all calls and streams, and tells their clients so. */
  public void endCalls() {
    running.stop();
  }

  /** How many calls and streams go on. */
  int runningCalls() {
    return running.size();
  }

  /** How many access tokens are known to be good. */
  public int knownTokens() {
    return tokens.size() + foreignTokens.stream().mapToInt(TokenCheck::size).sum();
  }

  /** A foreign authorization server's tokens are cached for one protected resource alone. */
  private TokenCheck tokens(ServerRoute server) {
    if (server.foreign() == null) {
      return tokens;
    }
    var check =
        new TokenCheck(server.foreign().verifier(), new TokenCache(REMEMBERED_TOKENS), time);
    foreignTokens.add(check);
    return check;
  }

  /** While it is unknown which grants have ended, no stream may go on. */
  private void endStreamsUnless(boolean current) {
    if (!current) {
      running.endStreams();
    }
  }

  private void serveExactly(String path, Service service) {
    if (services.put(path, service) != null) {
      throw new IllegalArgumentException("two servers at " + path);
    }
  }

  private void serve(String path, McpEndpoint endpoint) {
    serveExactly(path, endpoint);
    if (!path.equals("/")) {
      services.putIfAbsent(otherForm(path), endpoint);
    }
  }

  private void describe(Issuer issuer, ServerRoute server, boolean alone) {
    var document =
        new ProtectedResourceMetadata(
            server.resource(),
            server.foreign() == null ? issuer.value() : server.foreign().issuer(),
            server.wire(server.scopes()),
            server.title());
    String path = ProtectedResourceMetadata.path(server.resource());
    boolean root = path.equals(ProtectedResourceMetadata.WELL_KNOWN);
    metadata.add(new MetadataEndpoint(path, document));
    if (!root) {
      metadata.add(new MetadataEndpoint(otherForm(path), document));
    }
    if (!root && alone) {
      metadata.add(new MetadataEndpoint(ProtectedResourceMetadata.WELL_KNOWN, document));
    }
  }

  private static String otherForm(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path + "/";
  }
}
