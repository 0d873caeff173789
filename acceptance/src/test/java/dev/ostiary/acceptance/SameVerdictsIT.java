package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.acceptance.GuardedBackends.Guarded;
import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the official suite finds at a server, it finds through the gateway, check by check. */
@ExtendWith(WithProgram.class)
final class SameVerdictsIT {
  /** That server passes it all, except for an extension that its SDK does not offer. */
  @ParameterizedTest
  @ValueSource(strings = {"2025-11-25", "2026-07-28"})
  @Requirement({"T-20", "T-55"})
  void onAServerOfTheTypeScriptSdk(String revision, GuardedBackends backends, Npm npm)
      throws IOException, InterruptedException {
    SuiteRun direct = areTheSame(backends.suite(), revision, backends.program(), npm);

    assertThat(direct.verdicts())
        .allSatisfy(
            (scenario, verdicts) -> {
              if (!scenario.startsWith("server-tasks-")) {
                assertThat(verdicts).allMatch(verdict -> verdict.endsWith(": SUCCESS"));
              }
            });
  }

  @Test
  void onAServerOfTheJavaSdk(GuardedBackends backends, Npm npm)
      throws IOException, InterruptedException {
    areTheSame(backends.java(), "2025-11-25", backends.program(), npm);
  }

  private static SuiteRun areTheSame(Guarded server, String revision, Program program, Npm npm)
      throws IOException, InterruptedException {
    SuiteRun direct = SuiteRun.of(npm, server.direct(), revision);
    try (Journey journey = new Journey(program, server.guarded());
        NodeProcess proxy =
            npm.startScript(
                "token-proxy.mjs",
                Map.of("ACCESS_TOKEN", journey.signIn().access()),
                server.guarded().toString())) {
      SuiteRun through = SuiteRun.of(npm, URI.create(proxy.awaitUrl()), revision);

      assertThat(through.verdicts()).isEqualTo(direct.verdicts());
      assertThat(through.conforms()).isEqualTo(direct.conforms()).isTrue();
      return direct;
    }
  }
}
