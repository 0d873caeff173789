package dev.ostiary.acceptance;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.github.GitHubSettings;
import dev.ostiary.embed.Ostiary;
import dev.ostiary.embed.config.MetadataDocuments;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.http.Service;
import dev.ostiary.http.fetch.FetchProxy;
import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.NettyServer;
import dev.ostiary.http.netty.Options;
import dev.ostiary.http.netty.outbound.NettyOutbound;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Secret;
import dev.ostiary.simulator.SimulatedGitHub;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.token.App;
import dev.ostiary.testkit.DocumentHost;
import dev.ostiary.testkit.StandInProxy;
import dev.ostiary.testkit.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Ostiary with a simulated GitHub that signs everybody in, which reaches a stand-in wherever a
 * client's metadata document is.
 */
final class DocumentServer {
  private static final InstantSource TIME = InstantSource.system();

  final DocumentHost host;
  final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
  private final Issuer issuer = new Issuer("http://127.0.0.1:" + FreePort.find());
  private final Deque<AutoCloseable> closing = new ArrayDeque<>();

  /**
   * @param documents by their URLs
   */
  DocumentServer(Path folder, Map<URI, String> documents) throws Exception {
    this(folder, documents, UnaryOperator.identity());
  }

  /**
   * @param documents by their URLs
   * @param change of a configuration with the tools of the simulated GitHub
   */
  DocumentServer(Path folder, Map<URI, String> documents, UnaryOperator<OstiaryConfig> change)
      throws Exception {
    String names =
        documents.keySet().stream()
            .map(url -> "dns:" + url.getHost())
            .distinct()
            .collect(Collectors.joining(","));
    TestAuthority authority = TestAuthority.of(folder, names);
    host = later(new DocumentHost(authority));
    documents.forEach((url, document) -> host.document(url.getPath(), document));
    StandInProxy proxy = later(StandInProxy.to(host.address()));
    EventLoops loops = later(EventLoops.start());

    App app = App.oauth("ostiary", "sample-secret", "Ostiary", issuer.at("/callback"));
    SimulatedGitHub gitHub =
        new SimulatedGitHub(
            SimulatorSettings.of(app).withoutLimits().with(Person.approving("octocat")), TIME);
    URI gitHubUrl = URI.create("http://127.0.0.1:" + serve(0, gitHub, loops));
    gitHub.at(gitHubUrl);

    OstiaryConfig config =
        change.apply(
            OstiaryConfig.at(
                    issuer,
                    new GitHubSettings(
                        gitHubUrl,
                        app.clientId(),
                        new Secret(app.clientSecret()),
                        AllowRule.ANYBODY))
                .metadataDocuments(through(proxy)));
    NettyOutbound outbound = later(new NettyOutbound(loops, List.of(authority.certificate())));
    MemoryStore store = later(new MemoryStore());
    Ostiary ostiary =
        later(
            Ostiary.builder(config, store, MasterKey.parse(MasterKey.generate()))
                .outbound(outbound)
                .fetching(fetch -> fetch.resolver(DocumentServer::unknown))
                .audit(audit::add)
                .build());
    serve(issuer.uri().getPort(), ostiary.service(), loops);
  }

  /** The MCP server: all that a client has to know. */
  String url() {
    return issuer.at("/mcp");
  }

  /** Another MCP server, by the path of its URL. */
  String url(String path) {
    return issuer.at(path);
  }

  private static MetadataDocuments through(StandInProxy proxy) {
    MetadataDocuments defaults = MetadataDocuments.DEFAULTS;
    return new MetadataDocuments(
        true,
        defaults.policy(),
        defaults.sizeLimit(),
        defaults.timeout(),
        new FetchProxy("127.0.0.1", proxy.port()));
  }

  private static List<InetAddress> unknown(String name) throws UnknownHostException {
    throw new UnknownHostException(name);
  }

  private int serve(int port, Service service, EventLoops loops) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    NettyServer server = NettyServer.start(Options.at(address, TIME), loops, service);
    closing.push(() -> server.stop(Duration.ofSeconds(1)));
    return server.address().getPort();
  }

  private <T extends AutoCloseable> T later(T closed) {
    closing.push(closed);
    return closed;
  }

  void stop() throws Exception {
    for (AutoCloseable each : closing) {
      each.close();
    }
  }
}
