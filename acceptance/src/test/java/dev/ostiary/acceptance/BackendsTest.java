package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The servers that stand behind the gateway in other tests are what they seem, without it. */
@ExtendWith(WithProgram.class)
final class BackendsTest {
  /** The extension for tasks, which the SDK does not offer, is not part of what is required. */
  @ParameterizedTest
  @ValueSource(strings = {"2025-11-25", "2026-07-28"})
  void theTypeScriptServerHasEveryFixtureOfTheSuite(String revision, Npm npm)
      throws IOException, InterruptedException {
    try (NodeProcess backend = npm.startBackend("suite")) {
      SuiteRun run = SuiteRun.of(npm, URI.create(backend.awaitUrl()), revision);

      assertThat(run.conforms()).isTrue();
      assertThat(run.verdicts())
          .allSatisfy(
              (scenario, verdicts) -> {
                if (!scenario.startsWith("server-tasks-")) {
                  assertThat(verdicts).allMatch(verdict -> verdict.endsWith(": SUCCESS"));
                }
              });
    }
  }

  @Test
  void theJavaServerAnswersTheSuite(Npm npm, @TempDir Path folder)
      throws IOException, InterruptedException, LifecycleException {
    try (JavaSdkServer backend = JavaSdkServer.start(folder)) {
      SuiteRun run = SuiteRun.of(npm, backend.url(), "2025-11-25");

      assertThat(run.conforms()).isTrue();
    }
  }
}
