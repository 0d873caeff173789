import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.NettyServer;
import dev.ostiary.http.netty.Options;
import dev.ostiary.simulator.SimulatedGitHub;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.token.App;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;

/**
 * A simulated GitHub that signs everybody in, for measuring a server that has a configuration file.
 *
 * <p>{@code java -cp 'server/target/lib/*' bench/GitHub.java PORT CALLBACK}
 */
final class GitHub {
  private GitHub() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int port = Integer.parseInt(arguments[0]);
    App app = App.oauth("bench", "secret-of-bench", "Bench", arguments[1]);
    SimulatedGitHub github =
        new SimulatedGitHub(
            SimulatorSettings.of(app).with(Person.approving("octocat")), InstantSource.system());
    github.at(URI.create("http://127.0.0.1:" + port));
    try (EventLoops loops = EventLoops.start();
        NettyServer server =
            NettyServer.start(
                Options.at(new InetSocketAddress("127.0.0.1", port), InstantSource.system()),
                loops,
                github)) {
      System.out.println("ready at " + server.address());
      Thread.currentThread().join();
    }
  }
}
