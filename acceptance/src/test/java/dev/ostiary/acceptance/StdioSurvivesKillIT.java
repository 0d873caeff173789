package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.NettyServer;
import dev.ostiary.http.netty.Options;
import dev.ostiary.simulator.SimulatedGitHub;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.token.App;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is a program, with a program of its own, does not outlive Ostiary. */
@Timeout(180)
final class StdioSurvivesKillIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Speaks the legacy era, ignores SIGTERM and the end of its input. */
  private static final String SERVER =
      """
      trap '' TERM HUP INT
      sleep 1000 &
      echo $! >> "$PIDS"
      echo $$ >> "$PIDS"
      echo "$LOGIN $TOKEN" > "$PIDS.seen"
      while IFS= read -r line; do
        id=${line#*'"id":'}; id=${id%%,*}
        case $line in
          *'"initialize"'*) printf '{"jsonrpc":"2.0","id":%s,"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"sh","version":"1"}}}\\n' "$id" ;;
          *'"tools/list"'*) printf '{"jsonrpc":"2.0","id":%s,"result":{"tools":[]}}\\n' "$id" ;;
          *'"id":'*) printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"Method not found"}}\\n' "$id" ;;
        esac
      done
      sleep 1000
      """;

  private final EventLoops loops = EventLoops.start();
  @TempDir private Path folder;
  private NettyServer simulator;
  private URI github;
  private int port;

  @BeforeEach
  void start() throws IOException {
    port = FreePort.find();
    App app = App.oauth("Iv1.stdio", "secret", "Example", "http://127.0.0.1:" + port + "/callback");
    SimulatedGitHub upstream =
        new SimulatedGitHub(
            SimulatorSettings.of(app).with(Person.approving("octocat")), InstantSource.system());
    simulator =
        NettyServer.start(
            Options.at(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InstantSource.system()),
            loops,
            upstream);
    github = URI.create("http://127.0.0.1:" + simulator.address().getPort());
    upstream.at(github);
  }

  @AfterEach
  void stop() {
    simulator.close();
    loops.close();
  }

  @Test
  void aKilledProgramLeavesNoChildBehind() throws Exception {
    try (Program program = Program.run(configuration(), folder, port)) {
      List<Long> children = called(program);

      program.kill();

      assertThat(areGone(children)).isTrue();
    }
  }

  @Test
  void aStoppedProgramLeavesNoChildBehind() throws Exception {
    try (Program program = Program.run(configuration(), folder, port)) {
      List<Long> children = called(program);

      assertThat(program.stop()).isTrue();

      assertThat(areGone(children)).isTrue();
      assertThat(folder.resolve("data/homes")).doesNotExist();
    }
  }

  /** The children after a call. */
  private List<Long> called(Program program) throws Exception {
    try (Journey journey = new Journey(program)) {
      assertThat(journey.call(journey.signIn().access())).as(program.log()).isEqualTo(200);
    }
    assertThat(Files.readString(folder.resolve("pids.seen"))).matches("octocat \\S+\\s");
    assertThat(program.log()).contains("runs as Ostiary's own user");
    List<Long> children =
        Files.readAllLines(folder.resolve("pids")).stream().map(Long::valueOf).toList();
    assertThat(children).hasSize(2).allMatch(StdioSurvivesKillIT::runs);
    return children;
  }

  private static boolean areGone(List<Long> children) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (children.stream().anyMatch(StdioSurvivesKillIT::runs)) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }

  /** Whether it is there and is not only waiting to be reaped. */
  private static boolean runs(long pid) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    return process
        .filter(ProcessHandle::isAlive)
        .flatMap(each -> each.info().command())
        .isPresent();
  }

  private Path configuration() throws IOException {
    Path script = Files.writeString(folder.resolve("server.sh"), SERVER);
    return Files.writeString(
        folder.resolve("ostiary.yaml"),
        """
        url: http://127.0.0.1:%d
        data: %s
        sign-in:
          github: { base-url: %s, client-id: Iv1.stdio, client-secret: secret }
        servers:
          files:
            command: [sh, %s]
            env: { PIDS: %s, LOGIN: "${user.login}", TOKEN: "${upstream-token}" }
            path: /mcp
        """
            .formatted(port, folder.resolve("data"), github, script, folder.resolve("pids")));
  }
}
