package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The official SDKs and a server of 2024-11-05 that says everything with 400 get on. */
@ExtendWith(WithProgram.class)
final class OlderBackendIT {
  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2-legacy", "v2-auto"})
  @Requirement({"T-45", "T-55"})
  void isUsedByTheOfficialSdks(String client, GuardedBackends backends, Npm npm)
      throws IOException, InterruptedException {
    String url = backends.older().guarded().toString();
    JsonNode report;
    try (NodeProcess process = npm.startScript("backend.mjs", Map.of(), client, "older", url)) {
      report = process.awaitReport();
    }

    boolean bridged = client.equals("v2-auto");
    assertThat(report.path("version").asString()).isEqualTo(bridged ? "2026-07-28" : "2024-11-05");
    assertThat(report.path("tools").valueStream().map(JsonNode::asString))
        .containsExactly("hello", "compressed", "silent", "forget");
    assertThat(report.path("streamed").asString()).isEqualTo("from hello");
    assertThat(report.path("compressed").asString()).isEqualTo("from compressed");
    assertThat(report.at("/silent/message").asString()).contains("broke off");
    if (bridged) {
      assertThat(report.path("afterwards").isNull())
          .as("the bridge has begun a session anew, where nothing was under way")
          .isTrue();
    } else {
      assertThat(report.at("/afterwards/message").asString())
          .as("with 404, so that a client knows to begin anew")
          .contains("no such session");
    }
  }
}
