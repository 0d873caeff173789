package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.acceptance.GuardedBackends.Guarded;
import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Tasks of both kinds: the extension of the modern era, and those of 2025-11-25. Used by the client
 * that the protocol's authors publish for them, and judged by their suite.
 */
@ExtendWith(WithProgram.class)
final class TasksIT {
  /** Of {@code server-everything}, which asks something if the topic is ambiguous. */
  private static final String RESEARCH = "simulate-research-query";

  private static final String FILE = "{\"filename\":\"a\"}";

  @ParameterizedTest
  @CsvSource({
    "tasks-lifecycle",
    "tasks-capability-negotiation",
    "tasks-wire-fields",
    "tasks-request-state-removal",
    "tasks-mrtr-input",
    "tasks-request-headers",
    "tasks-dispatch-and-envelope",
    "tasks-required-task-error",
    "tasks-mrtr-composition"
  })
  @Requirement({"T-16", "T-24"})
  void theSuiteFindsTheSame(String scenario, GuardedBackends backends, Npm npm)
      throws IOException, InterruptedException {
    Guarded tasks = backends.tasks();
    SuiteRun direct = SuiteRun.ofExtension(npm, tasks.direct(), scenario);
    assertThat(direct.verdicts().values().stream().flatMap(List::stream))
        .isNotEmpty()
        .allMatch(verdict -> verdict.endsWith(": SUCCESS"));

    try (Journey journey = new Journey(backends.program(), tasks.guarded());
        NodeProcess proxy =
            npm.startScript(
                "token-proxy.mjs",
                Map.of("ACCESS_TOKEN", journey.signIn().access()),
                tasks.guarded().toString())) {
      SuiteRun through = SuiteRun.ofExtension(npm, URI.create(proxy.awaitUrl()), scenario);
      assertThat(through.verdicts()).isEqualTo(direct.verdicts());
    }
  }

  /** Passed on: the backend checks that {@code Mcp-Name} is its own id of the task. */
  @Test
  @Requirement({"T-16", "T-31"})
  void ofTheExtensionForAModernClient(GuardedBackends backends, Npm npm)
      throws IOException, InterruptedException {
    JsonNode report = use(npm, "modern", backends.guarded("tasks"), "confirm_delete", FILE);

    assertThat(report.path("text").asString()).isEqualTo("deleted a");
    assertThat(report.path("asked").toString()).isEqualTo("[\"Delete a?\"]");
    isOfItsGrantAlone(report);
    assertThat(report.path("listening").size()).isEqualTo(1);
    assertThat(report.path("told").asBoolean()).isTrue();
    assertThat(report.path("foreignListening").isArray()).isTrue();
    assertThat(report.path("foreignListening").isEmpty()).isTrue();
  }

  /** A client of this era sees the results of such tasks, but is not asked before it wants one. */
  @Test
  @Requirement("T-65")
  void ofTheExtensionForALegacyClient(GuardedBackends backends, Npm npm)
      throws IOException, InterruptedException {
    JsonNode report =
        use(
            npm,
            "legacy",
            backends.guarded("tasks"),
            "slow_compute",
            "{\"seconds\":2,\"label\":\"a\"}");

    assertThat(report.path("text").asString()).isEqualTo("computed a");
    isOfItsGrantAlone(report);
  }

  @ParameterizedTest
  @CsvSource({"everything", "stdio-everything"})
  @Requirement("T-65")
  void ofTheLegacyEraForAModernClient(String server, GuardedBackends backends, Npm npm)
      throws IOException, InterruptedException {
    JsonNode report =
        use(
            npm,
            "modern",
            backends.guarded(server),
            RESEARCH,
            "{\"topic\":\"python\",\"ambiguous\":true}");

    assertThat(report.path("text").asString()).contains("python (programming)");
    assertThat(report.path("asked").size()).isEqualTo(1);
    isOfItsGrantAlone(report);
  }

  @ParameterizedTest
  @CsvSource({"everything", "stdio-everything"})
  void ofTheLegacyEraForALegacyClient(String server, GuardedBackends backends, Npm npm)
      throws IOException, InterruptedException {
    JsonNode report =
        use(npm, "legacy", backends.guarded(server), RESEARCH, "{\"topic\":\"python\"}");

    assertThat(report.path("text").asString()).contains("# Research Report: python");
    isOfItsGrantAlone(report);
  }

  /** One task came to its end; another grant of the same user could do nothing with a second. */
  private static void isOfItsGrantAlone(JsonNode report) {
    assertThat(report.path("kind").asString()).isEqualTo("task");
    assertThat(report.path("statuses").toString()).endsWith("\"completed\"]");
    assertThat(report.path("before").asString()).isIn("working", "input_required");
    assertThat(report.path("after").asString()).isEqualTo("cancelled");
    for (String method : List.of("tasks/get", "tasks/cancel", "tasks/update")) {
      assertThat(report.path("foreign").path(method).asInt()).as(method).isEqualTo(-32602);
    }
    assertThat(report.path("foreign").path("tasks/result").asInt()).isIn(-32601, -32602);
  }

  private static JsonNode use(Npm npm, String era, URI server, String tool, String arguments)
      throws IOException, InterruptedException {
    try (NodeProcess process =
        npm.startScript("tasks.mjs", Map.of(), era, server.toString(), tool, arguments)) {
      return process.awaitReport();
    }
  }
}
