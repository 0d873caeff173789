package dev.ostiary.server;

import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.authorization.model.Limits;
import dev.ostiary.embed.config.Allow;
import dev.ostiary.embed.config.HttpServer;
import dev.ostiary.embed.config.Listen;
import dev.ostiary.embed.config.MetadataDocuments;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.ServerEntry;
import dev.ostiary.embed.config.credential.Credential;
import dev.ostiary.http.Service;
import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.NettyServer;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Secret;
import dev.ostiary.server.exit.StartRefused;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ostiary and a simulated identity provider that it is registered at, both on loopback.
 *
 * @param providerTitle what the provider is called
 * @param provider where the provider is
 * @param backend the MCP server that is guarded; null for one that comes with the demonstration
 */
record Demo(Issuer url, String providerTitle, URI provider, @Nullable URI backend, Closing closing)
    implements AutoCloseable {
  private static final String REMEDY = "choose another with --port";
  private static final String LOOPBACK = "127.0.0.1";

  /**
   * What can be chosen.
   *
   * @param port of Ostiary
   * @param signIn the provider that is simulated
   * @param signsInByItself whether the simulated provider asks for no click
   * @param backend the MCP server that is guarded; null for the tools of GitHub, or one that tells
   *     who calls
   */
  record Options(
      int port,
      DemoProvider.Kind signIn,
      boolean signsInByItself,
      MetadataDocuments documents,
      @Nullable URI backend) {}

  static Demo start(Options options, Path data, EventLoops loops, InstantSource time)
      throws StartRefused {
    Issuer url = new Issuer("http://" + LOOPBACK + ":" + options.port());
    DemoProvider provider =
        DemoProvider.of(
            options.signIn(),
            url,
            new Secret(new SecretSource().next("")),
            options.signsInByItself(),
            time);
    Closing closing = new Closing();
    try {
      URI there = listen(provider.service(), closing, loops, time);
      provider.at().accept(there);
      OstiaryConfig config =
          OstiaryConfig.at(url, provider.name(), provider.settings().apply(there))
              .metadataDocuments(options.documents())
              .limits(Limits.OFF);
      URI backend = options.backend();
      if (backend != null) {
        config = config.servers(guarded(HttpServer.at(backend)));
      } else if (config.servers().isEmpty()) {
        URI own = listen(new DemoServer(), closing, loops, time);
        config =
            config.servers(
                guarded(HttpServer.at(own).credential(new Credential.IdentityHeaders())));
      }
      closing.add(
          RunningServer.start(
              config,
              data,
              REMEDY,
              builder -> builder.demonstration().documents(DemoDocuments::new),
              loops,
              time));
      return new Demo(url, provider.title(), there, backend, closing);
    } catch (StartRefused refused) {
      closing.close();
      throw refused;
    }
  }

  private static URI listen(Service service, Closing closing, EventLoops loops, InstantSource time)
      throws StartRefused {
    NettyServer server =
        closing.add(RunningServer.listen(new Listen(LOOPBACK, 0), REMEDY, service, loops, time));
    return URI.create("http://" + LOOPBACK + ":" + server.address().getPort());
  }

  private static Map<String, ServerEntry> guarded(HttpServer server) {
    return Map.of("demo", new ServerEntry(server, "/mcp", new Allow.Everyone()));
  }

  /** The MCP server: all that a client has to know. */
  String server() {
    return url.at("/mcp");
  }

  @Override
  public void close() {
    closing.close();
  }
}
