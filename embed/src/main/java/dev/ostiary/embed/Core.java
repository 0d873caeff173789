package dev.ostiary.embed;

import dev.ostiary.authorization.AuthorizationServer;
import dev.ostiary.authorization.AuthorizationSettings;
import dev.ostiary.authorization.ClientSettings;
import dev.ostiary.authorization.Dependencies;
import dev.ostiary.authorization.client.document.DocumentPolicy;
import dev.ostiary.authorization.client.redirect.PrivateUseSchemes;
import dev.ostiary.authorization.client.registration.RegistrationPolicy;
import dev.ostiary.authorization.hash.SecretHash;
import dev.ostiary.authorization.operate.Operator;
import dev.ostiary.embed.config.MetadataDocuments;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.Registration;
import dev.ostiary.gateway.Gateway;
import dev.ostiary.gateway.observe.GatewayObserver;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.ForwardedFor;
import dev.ostiary.http.HostRule;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.Outbounds;
import dev.ostiary.http.Router;
import dev.ostiary.http.Service;
import dev.ostiary.protocol.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The parts, put together. It reads like a table of contents of what runs. */
final class Core implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Ostiary.class.getName());

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final OstiaryConfig config;
  private final ExecutorService threads;
  private final AuthorizationServer authorization;
  private final Gateway gateway;
  private final HttpServers http;
  private final Ticks pulse;
  private final Readiness readiness;
  private final Router router;

  /**
   * @param backends how MCP servers are called
   * @param observer is told of every call
   * @param threads for work that blocks: a virtual thread for each; this closes them
   */
  Core(
      OstiaryConfig config,
      Dependencies with,
      Outbound outbound,
      Outbounds backends,
      GatewayObserver observer,
      ExecutorService threads) {
    this.config = config;
    this.threads = threads;

    Servers servers = new Servers(config, with, outbound);
    RevocationRelay news = new RevocationRelay();
    this.authorization =
        AuthorizationServer.open(settings(servers), List.of(servers.upstream()), with, news);
    Ticker heartbeat = new Ticker(with.time(), LOG);
    this.http =
        new HttpServers(
            backends,
            new BackendCredentials(authorization, threads, with.time()),
            new MasterKeySeal(with.masterKey()),
            heartbeat,
            observer,
            with.time());
    this.gateway =
        new Gateway(
            config.url(),
            servers.routes(authorization.credentials(), threads, http),
            new LocalTokens(authorization),
            Set.copyOf(config.allowedOrigins()),
            threads,
            heartbeat,
            new RefusalAudit(with.audit(), threads, observer, with.time()),
            with.time(),
            LOG);
    news.tell(gateway);
    this.pulse = Ticks.start(heartbeat);

    threads.execute(servers::checkNames);
    this.readiness = new Readiness(with, authorization);
    LandingEndpoint landing = new LandingEndpoint(config.url(), servers.resources());
    this.router = new Router(endpoints(landing), landing.inFrontOf(gateway.services()), threads);
  }

  Service service() {
    return new ForwardedFor(
        config.trustedProxies(), new HostRule(config.url().uri().getRawAuthority(), router));
  }

  Operator operator() {
    return authorization.operator();
  }

  void announceStop() {
    readiness.stop();
  }

  void endLastingStreams() {
    gateway.endLastingStreams();
  }

  void endCalls() {
    gateway.endCalls();
  }

  int knownTokens() {
    return gateway.knownTokens();
  }

  /**
   * What tells how it is.
   *
   * @param prefix of their paths
   */
  List<Endpoint> probes(String prefix) {
    return List.of(new HealthEndpoint(prefix), new ReadyEndpoint(prefix, readiness));
  }

  Router router() {
    return router;
  }

  private AuthorizationSettings settings(Servers servers) {
    return new AuthorizationSettings(
        config.url(),
        servers.resources(),
        config.lifetimes(),
        config.tokens().signingAlgorithm(),
        clients(),
        config.consent().remember() ? config.consent().rememberFor() : null,
        config.limits(),
        null);
  }

  private ClientSettings clients() {
    return new ClientSettings(
        policy(config.registration()),
        config.clients().entrySet().stream()
            .map(client -> client.getValue().configured(client.getKey()))
            .toList(),
        PrivateUseSchemes.DEFAULTS.and(config.registration().redirectSchemes()),
        config.clientAssertions(),
        documents(config.metadataDocuments()));
  }

  private static RegistrationPolicy policy(Registration registration) {
    Secret token = registration.initialAccessToken();
    if (!registration.enabled()) {
      return new RegistrationPolicy.Off();
    }
    return token == null
        ? new RegistrationPolicy.Open()
        : new RegistrationPolicy.Protected(SecretHash.of(token.reveal()));
  }

  private static @Nullable DocumentPolicy documents(MetadataDocuments documents) {
    return documents.enabled()
        ? new DocumentPolicy(documents.allow(), documents.deny(), documents.staleFor())
        : null;
  }

  private List<Endpoint> endpoints(LandingEndpoint landing) {
    List<Endpoint> endpoints = new ArrayList<>(authorization.endpoints());
    endpoints.add(landing);
    endpoints.addAll(gateway.metadata());
    endpoints.addAll(probes(config.url().path()));
    return endpoints;
  }

  /** What is under way in the background has a moment to end. */
  @Override
  public void close() {
    pulse.close();
    http.close();
    authorization.close();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException hurried) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
