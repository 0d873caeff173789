package dev.ostiary.server;

import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.authorization.model.Limits;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.github.GitHubSettings;
import dev.ostiary.embed.config.Allow;
import dev.ostiary.embed.config.HttpServer;
import dev.ostiary.embed.config.Listen;
import dev.ostiary.embed.config.MetadataDocuments;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.ServerEntry;
import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.NettyServer;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Secret;
import dev.ostiary.server.exit.StartRefused;
import dev.ostiary.simulator.SimulatedGitHub;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.token.App;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ostiary and a simulated GitHub that it is registered at, both on loopback.
 *
 * @param gitHub where the simulated GitHub is
 * @param backend the MCP server that is guarded; null for the tools of GitHub
 */
record Demo(Issuer url, URI gitHub, @Nullable URI backend, Closing closing)
    implements AutoCloseable {
  private static final String CLIENT_ID = "ostiary-demo";
  private static final String REMEDY = "choose another with --port";
  private static final String LOOPBACK = "127.0.0.1";

  /**
   * What can be chosen.
   *
   * @param port of Ostiary
   * @param signsInByItself whether the simulated GitHub asks for no click
   * @param backend the MCP server that is guarded; null for the tools of GitHub
   */
  record Options(
      int port, boolean signsInByItself, MetadataDocuments documents, @Nullable URI backend) {}

  static Demo start(Options options, Path data, EventLoops loops, InstantSource time)
      throws StartRefused {
    Issuer url = new Issuer("http://" + LOOPBACK + ":" + options.port());
    Secret secret = new Secret(new SecretSource().next(""));
    Closing closing = new Closing();
    try {
      SimulatedGitHub simulated =
          new SimulatedGitHub(settings(url, secret, options.signsInByItself()), time);
      NettyServer server =
          closing.add(
              RunningServer.listen(new Listen(LOOPBACK, 0), REMEDY, simulated, loops, time));
      URI gitHub = URI.create("http://" + LOOPBACK + ":" + server.address().getPort());
      simulated.at(gitHub);
      OstiaryConfig config =
          OstiaryConfig.at(url, new GitHubSettings(gitHub, CLIENT_ID, secret, AllowRule.ANYBODY))
              .metadataDocuments(options.documents())
              .limits(Limits.OFF);
      URI backend = options.backend();
      closing.add(
          RunningServer.start(
              backend == null ? config : config.servers(guarded(backend)),
              data,
              REMEDY,
              builder -> builder.demonstration().documents(DemoDocuments::new),
              loops,
              time));
      return new Demo(url, gitHub, backend, closing);
    } catch (StartRefused refused) {
      closing.close();
      throw refused;
    }
  }

  private static Map<String, ServerEntry> guarded(URI backend) {
    return Map.of("backend", new ServerEntry(HttpServer.at(backend), "/mcp", new Allow.Everyone()));
  }

  private static SimulatorSettings settings(Issuer url, Secret secret, boolean signsInByItself) {
    App ostiary = App.oauth(CLIENT_ID, secret.reveal(), "Ostiary demo", url.at("/callback"));
    SimulatorSettings settings = SimulatorSettings.of(ostiary).withoutLimits();
    return signsInByItself ? settings.with(Person.approving("octocat")) : settings;
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
