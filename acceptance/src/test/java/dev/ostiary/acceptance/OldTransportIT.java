package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The official SDK's transport of 2024-11-05, through the whole sign-in. */
@ExtendWith(WithProgram.class)
final class OldTransportIT {
  @Test
  @Requirement({"A-3", "T-44"})
  void reachesTheGitHubConnector(GuardedBackends backends, Npm npm)
      throws IOException, InterruptedException {
    JsonNode report = use("tools", backends.tools(), npm);

    assertThat(report.path("resource").asString()).isEqualTo(backends.tools().toString());
    assertThat(report.path("version").asString()).isEqualTo("2025-11-25");
    assertThat(report.path("tools").valueStream().map(JsonNode::asString)).contains("calculate");
    assertThat(report.at("/sum/structuredContent/result").asInt()).isEqualTo(42);
    assertThat(report.at("/again/structuredContent/result").asInt()).as("refreshed").isEqualTo(42);
    assertThat(report.path("refreshed").asBoolean()).isTrue();
  }

  @Test
  @Requirement({"A-3", "T-44", "T-48", "T-49"})
  void reachesAnotherServer(GuardedBackends backends, Npm npm)
      throws IOException, InterruptedException {
    JsonNode report = use("everything", backends.everything().guarded(), npm);

    assertThat(report.path("tools").valueStream().map(JsonNode::asString)).contains("get-sum");
    assertThat(report.at("/sum/content/0/text").asString()).contains("42");
    assertThat(report.at("/again/content/0/text").asString()).contains("42");
    assertThat(report.path("refreshed").asBoolean()).isTrue();
    assertThat(report.path("progress").asInt()).isPositive();
    assertThat(report.at("/sampled/content").toString()).contains("An answer to:");
    assertThat(report.path("updated").asString()).startsWith("demo://resource/");
    assertThat(report.path("logged").asBoolean()).isTrue();
  }

  private static JsonNode use(String kind, URI server, Npm npm)
      throws IOException, InterruptedException {
    return npm.run("old-transport.mjs", kind, server + "/sse");
  }
}
