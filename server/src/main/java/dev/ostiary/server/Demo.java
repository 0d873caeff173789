package dev.ostiary.server;

import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.authorization.model.Limits;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.github.GitHubSettings;
import dev.ostiary.embed.config.Listen;
import dev.ostiary.embed.config.MetadataDocuments;
import dev.ostiary.embed.config.OstiaryConfig;
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

/**
 * Ostiary and a simulated GitHub that it is registered at, both on loopback.
 *
 * @param gitHub where the simulated GitHub is
 */
record Demo(Issuer url, URI gitHub, Closing closing) implements AutoCloseable {
  private static final String CLIENT_ID = "ostiary-demo";
  private static final String REMEDY = "choose another with --port";
  private static final String LOOPBACK = "127.0.0.1";

  static Demo start(
      int port,
      boolean signsInByItself,
      MetadataDocuments documents,
      Path data,
      EventLoops loops,
      InstantSource time)
      throws StartRefused {
    Issuer url = new Issuer("http://" + LOOPBACK + ":" + port);
    Secret secret = new Secret(new SecretSource().next(""));
    Closing closing = new Closing();
    try {
      SimulatedGitHub simulated = new SimulatedGitHub(settings(url, secret, signsInByItself), time);
      NettyServer server =
          closing.add(
              RunningServer.listen(new Listen(LOOPBACK, 0), REMEDY, simulated, loops, time));
      URI gitHub = URI.create("http://" + LOOPBACK + ":" + server.address().getPort());
      simulated.at(gitHub);
      OstiaryConfig config =
          OstiaryConfig.at(url, new GitHubSettings(gitHub, CLIENT_ID, secret, AllowRule.ANYBODY))
              .metadataDocuments(documents)
              .limits(Limits.OFF);
      closing.add(
          RunningServer.start(
              config,
              data,
              REMEDY,
              builder -> builder.demonstration().documents(DemoDocuments::new),
              loops,
              time));
      return new Demo(url, gitHub, closing);
    } catch (StartRefused refused) {
      closing.close();
      throw refused;
    }
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
