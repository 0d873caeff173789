package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.NettyServer;
import dev.ostiary.http.netty.Options;
import dev.ostiary.requirements.Requirement;
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
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ostiary run} with a policy, used by the official TypeScript client. */
@ExtendWith(WithProgram.class)
final class StepUpIT {
  @Test
  @Requirement({"A-23", "A-74", "A-76"})
  void aModernClientStepsUpByItself(Npm npm, @TempDir Path folder)
      throws IOException, InterruptedException {
    stepsUp(npm, folder, "modern", "2026-07-28");
  }

  @Test
  @Requirement("A-23")
  void anOlderClientStepsUpByItself(Npm npm, @TempDir Path folder)
      throws IOException, InterruptedException {
    stepsUp(npm, folder, "legacy", "2025-11-25");
  }

  private static void stepsUp(Npm npm, Path folder, String era, String version)
      throws IOException, InterruptedException {
    int port = FreePort.find();
    String url = "http://127.0.0.1:" + port;
    App app = App.oauth("Iv1.policy", "secret-of-policy", "Example", url + "/callback");
    SimulatedGitHub github =
        new SimulatedGitHub(
            SimulatorSettings.of(app).with(Person.approving("octocat")), InstantSource.system());
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (EventLoops loops = EventLoops.start();
        NettyServer simulator =
            NettyServer.start(Options.at(anyPort, InstantSource.system()), loops, github)) {
      URI base = URI.create("http://127.0.0.1:" + simulator.address().getPort());
      github.at(base);
      try (Program program = Program.run(configuration(folder, url, base), folder, port)) {
        ClientReport report =
            new ClientReport(npm.run("step-up.mjs", program.server().toString(), era));
        sawWhatThePolicySays(report, version);
        assertThat(program.audit())
            .as("each step is a grant of its own, with its scopes and the id of its request")
            .filteredOn(line -> line.contains("\"grant.created\""))
            .hasSize(2)
            .allSatisfy(line -> assertThat(line).contains("\"request\":\""))
            .last()
            .asString()
            .contains("repo");
      }
    }
  }

  private static void sawWhatThePolicySays(ClientReport report, String version) {
    assertThat(report.texts("/versions")).containsExactly(version);
    assertThat(report.texts("/tools")).containsExactly("get_user_info", "get_github_repos");
    assertThat(report.json().at("/user/login").asString()).isEqualTo("octocat");
    assertThat(report.json().at("/repositories/repositories").size()).isEqualTo(1);
    assertThat(scopes(report, "/scopes/0")).contains("read:user").doesNotContain("repo");
    assertThat(scopes(report, "/scopes/1")).contains("read:user", "repo");
    assertThat(scopes(report, "/askedAtLast")).contains("read:user", "repo");
    assertThat(report.json().at("/refusals").intValue()).as("403 but once").isEqualTo(1);
    assertThat(report.json().at("/denied/error").intValue()).isEqualTo(-32602);
    assertThat(report.json().at("/denied/signedInAgain").booleanValue()).isFalse();
  }

  private static String[] scopes(ClientReport report, String pointer) {
    return report.json().at(pointer).asString().split(" ");
  }

  private static Path configuration(Path folder, String url, URI github) throws IOException {
    return Files.writeString(
        folder.resolve("ostiary.yaml"),
        """
        url: %s
        data: %s
        sign-in:
          github:
            base-url: %s
            client-id: Iv1.policy
            client-secret: secret-of-policy
        servers:
          github:
            connector: github
            path: /mcp
            policy:
              scopes:
                read:user: { title: See who you are, default: true }
                repo: { title: "Read and change your repositories" }
              tools:
                get_user_info: read:user
                get_github_*: repo
        """
            .formatted(url, folder.resolve("data"), github));
  }
}
