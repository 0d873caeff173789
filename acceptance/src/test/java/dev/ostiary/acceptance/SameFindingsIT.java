package dev.ostiary.acceptance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code ostiary check} finds at a backend whose messages pass byte for byte, it finds at the
 * same backend over stdio, over HTTP with SSE, and across the eras, check by check.
 */
@ExtendWith(WithProgram.class)
final class SameFindingsIT {
  /** Whose messages pass, in the era of each client. */
  private static final String DIRECT = "suite";

  private static final List<String> OTHERS =
      List.of("legacy", "modern", "stdio-legacy", "stdio-modern", "sse");

  @TempDir private Path folder;

  @Test
  @Requirement("T-55")
  void howeverTheBackendIsReached(GuardedBackends backends)
      throws IOException, InterruptedException {
    Map<String, Map<String, String>> found = new LinkedHashMap<>();
    found.put(DIRECT, check(backends.guarded(DIRECT)));
    for (String server : OTHERS) {
      found.put(server, check(backends.guarded(server)));
    }

    Map<String, String> direct = requireNonNull(found.get(DIRECT));
    assertThat(direct).hasSizeGreaterThan(160).containsEntry("batches-accepted", "passed");
    assertThat(direct.values()).doesNotContain("failed");
    for (String server : OTHERS) {
      assertThat(found.get(server)).as(server).isEqualTo(direct);
    }
  }

  /** The outcome of each check, in the order of the report. */
  private Map<String, String> check(URI server) throws IOException, InterruptedException {
    Path report = folder.resolve("report.json");
    Path log = folder.resolve("log");
    List<String> command = new ArrayList<>(Program.java());
    command.addAll(List.of("check", "--auto", "http://127.0.0.1:*", "--thorough"));
    command.addAll(List.of("--format", "json", "--output", report.toString(), server.toString()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isLessThan(2);
    Map<String, String> outcomes = new LinkedHashMap<>();
    for (JsonNode finding : JsonMapper.shared().readTree(report).at("/servers/0/findings")) {
      outcomes.put(finding.path("id").asString(), finding.path("status").asString());
    }
    return outcomes;
  }
}
