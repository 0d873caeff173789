package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Servers that others wrote, as programs behind the gateway, and the clients that people use, of
 * both eras, each through a full sign-in.
 */
@ExtendWith(WithProgram.class)
final class StdioServersIT {
  @ParameterizedTest
  @CsvSource({"v1, false", "v2-legacy, false", "v2-auto, true"})
  @Requirement("T-55")
  void serverEverything(String client, boolean modern, GuardedBackends backends, Npm npm)
      throws IOException, InterruptedException {
    JsonNode report =
        use(backends, npm, client, "stdio-everything", "echo", "{\"message\":\"Grüße, 世界\"}");

    assertThat(report.path("text").asString()).contains("Grüße, 世界");
    assertThat(report.path("modern").asBoolean()).isEqualTo(modern);
  }

  @ParameterizedTest
  @CsvSource({"v1", "v2-legacy", "v2-auto"})
  void serverFilesystem(String client, GuardedBackends backends, Npm npm)
      throws IOException, InterruptedException {
    String path = backends.files().resolve("hello.txt").toString();
    JsonNode report =
        use(
            backends,
            npm,
            client,
            "stdio-files",
            "read_text_file",
            "{\"path\":\"%s\"}".formatted(path));

    assertThat(report.path("text").asString()).isEqualTo("Hello from a file\n");
  }

  @ParameterizedTest
  @CsvSource({
    "v1, stdio-java",
    "v2-legacy, stdio-java",
    "v2-auto, stdio-java",
    "v1, java",
    "v2-legacy, java",
    "v2-auto, java"
  })
  void aServerOnTheJavaSdk(String client, String server, GuardedBackends backends, Npm npm)
      throws IOException, InterruptedException {
    JsonNode report = use(backends, npm, client, server, "test_simple_text", "{}");

    assertThat(report.path("text").asString()).contains("simple text");
  }

  @Test
  void claudeCodeAndCodex(GuardedBackends backends, Npm npm)
      throws IOException, InterruptedException {
    String everything = backends.guarded("stdio-everything").toString();

    assertThat(npm.run("claude-code.mjs", everything).get("connected").asBoolean()).isTrue();
    assertThat(npm.run("codex.mjs", everything).get("signedIn").asBoolean()).isTrue();
  }

  private static JsonNode use(
      GuardedBackends backends,
      Npm npm,
      String client,
      String server,
      String tool,
      String arguments)
      throws IOException, InterruptedException {
    String url = backends.guarded(server).toString();
    try (NodeProcess process =
        npm.startScript("backend.mjs", Map.of(), client, "one-tool", url, tool, arguments)) {
      return process.awaitReport();
    }
  }
}
