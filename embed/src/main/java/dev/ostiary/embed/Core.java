package dev.ostiary.embed;

import dev.ostiary.authorization.AuthorizationServer;
import dev.ostiary.authorization.AuthorizationSettings;
import dev.ostiary.authorization.ClientSettings;
import dev.ostiary.authorization.Dependencies;
import dev.ostiary.authorization.operate.Operator;
import dev.ostiary.authorization.page.Contact;
import dev.ostiary.authorization.page.PageSettings;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.embed.config.HttpServer;
import dev.ostiary.embed.config.MetadataDocuments;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.credential.Credential;
import dev.ostiary.gateway.Gateway;
import dev.ostiary.gateway.observe.GatewayObserver;
import dev.ostiary.gateway.stdio.Homes;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.ForwardedFor;
import dev.ostiary.http.HostRule;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.Outbounds;
import dev.ostiary.http.Router;
import dev.ostiary.http.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The parts, put together. It reads like a table of contents of what runs. */
final class Core implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Ostiary.class.getName());

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final OstiaryConfig config;
  private final ExecutorService threads;
  private final Servers servers;
  private final AuthorizationServer authorization;
  private final Gateway gateway;
  private final HttpServers http;
  private final StdioServers stdio;
  private final Future<?> ticking;
  private final Readiness readiness;
  private final Router router;

  /**
   * @param demonstration whether the pages say that this is one
   * @param backends how MCP servers are called
   * @param homes private directories of programs; null if there can be none
   * @param observer is told of every call
   * @param threads for work that blocks: a virtual thread for each; this closes them
   */
  Core(
      OstiaryConfig config,
      boolean demonstration,
      Dependencies with,
      Outbound outbound,
      Outbounds backends,
      @Nullable Homes homes,
      GatewayObserver observer,
      ExecutorService threads) {
    this.config = config;
    this.threads = threads;
    PageSettings pages =
        new PageSettings(Contact.parse(config.contact()).orElse(null), demonstration);

    this.servers = new Servers(config, with, outbound, Pages.of(config.url(), pages));
    RevocationRelay news = new RevocationRelay();
    this.authorization =
        AuthorizationServer.open(settings(servers, pages), servers.upstreams(), with, news);
    Ticker ticker = new Ticker(with.time(), LOG);
    MasterKeySeal seal = new MasterKeySeal(with.masterKey());
    Conversations conversations = new Conversations(seal, ticker, with.time());
    BackendEras eras =
        new BackendEras(new StoredEras(with.store().backends()), threads, with.time());
    this.stdio =
        StdioServers.of(config, authorization, with, conversations, eras, homes, ticker, observer);
    this.http =
        new HttpServers(
            backends,
            new BackendCredentials(authorization, threads, with.time()),
            seal,
            ticker,
            observer,
            eras,
            conversations,
            with.time());
    this.gateway =
        new Gateway(
            config.url(),
            servers.routes(authorization.credentials(), threads, http, stdio),
            new LocalTokens(authorization),
            Set.copyOf(config.allowedOrigins()),
            threads,
            ticker,
            new RefusalAudit(with.audit(), threads, observer, with.time()),
            with.time(),
            LOG);
    news.tell(gateway);
    this.ticking = with.scheduler().scheduleWithFixedDelay(ticker::tick, 1, 1, TimeUnit.SECONDS);

    threads.execute(servers::checkNames);
    this.readiness = new Readiness(with, authorization);
    LandingEndpoint landing =
        new LandingEndpoint(config.url(), pages, servers.places(), config.isAuthorizationServer());
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

  private AuthorizationSettings settings(Servers servers, PageSettings pages) {
    return new AuthorizationSettings(
        config.url(),
        servers.resources(),
        config.tokens().lifetimes(),
        config.tokens().signingAlgorithm(),
        clients(servers),
        config.consent().remember() ? config.consent().rememberFor() : null,
        config.limits(),
        pages,
        null);
  }

  private ClientSettings clients(Servers servers) {
    MetadataDocuments documents = config.metadataDocuments();
    return new ClientSettings(
        config.registration(),
        config.clients().entrySet().stream()
            .map(client -> client.getValue().configured(client.getKey()))
            .toList(),
        config.clientAssertions(),
        documents.enabled() ? documents.policy() : null,
        servers.introspectors());
  }

  private List<Endpoint> endpoints(LandingEndpoint landing) {
    List<Endpoint> endpoints = new ArrayList<>();
    if (config.isAuthorizationServer()) {
      endpoints.addAll(authorization.endpoints());
    } else {
      endpoints.add(landing.stylesheet());
      if (signsIdentities()) {
        endpoints.add(authorization.keyEndpoint());
      }
    }
    endpoints.add(landing);
    endpoints.addAll(servers.endpoints());
    endpoints.addAll(gateway.metadata());
    endpoints.addAll(probes(config.url().path()));
    return endpoints;
  }

  /** Whether a backend needs the keys to check who calls. */
  private boolean signsIdentities() {
    return config.servers().values().stream()
        .anyMatch(
            server ->
                server.behind() instanceof HttpServer http
                    && http.credential() instanceof Credential.SignedIdentity);
  }

  /** What is under way in the background has a moment to end. */
  @Override
  public void close() {
    stdio.close();
    ticking.cancel(false);
    http.close();
    servers.close();
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
