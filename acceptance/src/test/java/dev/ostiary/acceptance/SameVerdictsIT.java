package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.acceptance.GuardedBackends.Guarded;
import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the official suite finds at a server, it finds through the gateway, check by check. */
@ExtendWith(WithProgram.class)
final class SameVerdictsIT {
  @Test
  @Requirement("T-20")
  void onAServerOfTheJavaSdk(GuardedBackends backends, Npm npm)
      throws IOException, InterruptedException {
    areTheSame(backends.java(), "2025-11-25", backends.program(), npm);
  }

  private static void areTheSame(Guarded server, String revision, Program program, Npm npm)
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
    }
  }
}
