package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.acceptance.GuardedBackends.Guarded;
import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What a client on an SDK gets from a server, it gets through the gateway once it is signed in:
 * lists, results, errors, progress, logs, changes, questions to its user, and streams that break.
 */
@ExtendWith(WithProgram.class)
final class SameAnswersIT {
  /** One of the calls ends only if its first event comes before its end and it can be cancelled. */
  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2-legacy", "v2-auto"})
  @Requirement({"T-11", "T-20", "T-55", "T-58"})
  void fromAServerOfTheTypeScriptSdk(String client, GuardedBackends backends, Npm npm)
      throws IOException, InterruptedException {
    JsonNode report = areTheSame(backends.suite(), client, "fixtures", npm);

    assertThat(report.at("/modern").asBoolean()).isEqualTo(client.equals("v2-auto"));
    assertThat(report.at("/changes/uri").asString()).isEqualTo("test://watched-resource");
    assertThat(report.at("/cancelled/message").asString()).contains("enough");
  }

  /** One of the calls outlives its client's connection. */
  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2-legacy"})
  @Requirement({"T-50", "T-54"})
  void fromServerEverything(String client, GuardedBackends backends, Npm npm)
      throws IOException, InterruptedException {
    JsonNode report = areTheSame(backends.everything(), client, "everything", npm);

    assertThat(report.at("/resumed/content/0/text").asString()).contains("completed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2-legacy"})
  void fromAServerOfTheJavaSdk(String client, GuardedBackends backends, Npm npm)
      throws IOException, InterruptedException {
    JsonNode report = areTheSame(backends.java(), client, "fixtures", npm);

    assertThat(report.at("/sampled/content/0/text").asString()).contains("An answer to");
  }

  private static JsonNode areTheSame(Guarded server, String client, String kind, Npm npm)
      throws IOException, InterruptedException {
    try (NodeProcess direct = use(server.direct(), client, kind, npm);
        NodeProcess through = use(server.guarded(), client, kind, npm)) {
      JsonNode expected = direct.awaitReport();

      assertThat(through.awaitReport().toPrettyString()).isEqualTo(expected.toPrettyString());
      return expected;
    }
  }

  private static NodeProcess use(URI server, String client, String kind, Npm npm)
      throws IOException {
    return npm.startScript("backend.mjs", Map.of(), client, kind, server.toString());
  }
}
