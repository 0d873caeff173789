package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Ostiary checked by its own checker, as people run it: from outside, through a sign-in. */
@ExtendWith(WithProgram.class)
final class CheckIT {
  /** The demo has neither limits nor metadata documents. */
  private static final Set<String> NOT_IN_THE_DEMO =
      Set.of("registration-limited", "metadata-documents-advertised");

  /** What would need another server, an hour, or a tool that wants more than was granted. */
  private static final Set<String> BEYOND_THIS_TEST =
      Set.of("token-of-neighbour-refused", "expired-token-refused", "step-up-challenge");

  private final Program program;
  @TempDir private Path folder;

  CheckIT(Program program) {
    this.program = program;
  }

  @Test
  void passesEverythingThatItClaims() throws IOException, InterruptedException {
    JsonNode report = json("--auto", "http://127.0.0.1:*", "--thorough");

    Map<String, List<String>> byStatus =
        report
            .path("findings")
            .valueStream()
            .collect(
                Collectors.groupingBy(
                    finding -> finding.path("status").asString(),
                    Collectors.mapping(
                        finding -> finding.path("id").asString(), Collectors.toList())));
    assertThat(byStatus).doesNotContainKey("failed");
    assertThat(byStatus.getOrDefault("warned", List.of())).isSubsetOf(NOT_IN_THE_DEMO);
    assertThat(byStatus.getOrDefault("not_tested", List.of())).isSubsetOf(BEYOND_THIS_TEST);
    assertThat(byStatus.get("passed")).hasSizeGreaterThan(160);
    assertThat(report.path("left")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "claude.ai",
        "claude-code",
        "chatgpt",
        "cursor",
        "vscode",
        "codex",
        "gemini",
        "inspector",
        "mcp-remote"
      })
  void everyKnownClientConnects(String client) throws IOException, InterruptedException {
    JsonNode report = json("--auto", "http://127.0.0.1:*", "--profile", client);

    assertThat(report.path("findings").valueStream().map(each -> each.path("status").asString()))
        .containsOnly("passed");
  }

  @ParameterizedTest
  @CsvSource({
    "text, Verdicts",
    "junit, <testsuite",
    "sarif, sarif-2.1.0",
    "markdown, # MCP authorization check",
    "html, <!DOCTYPE html>"
  })
  void writesEveryFormat(String format, String part) throws IOException, InterruptedException {
    Path file = folder.resolve("report");

    assertThat(check("--format", format, "--output", file.toString())).isZero();
    assertThat(Files.readString(file)).contains(part);
  }

  @Test
  void saysThatAServerCannotBeReached() throws IOException, InterruptedException {
    assertThat(run("check", "http://127.0.0.1:1/mcp")).isEqualTo(2);
  }

  @Test
  void failsWhereStrictnessIsAskedFor() throws IOException, InterruptedException {
    assertThat(check("--strict")).isEqualTo(1);
  }

  private JsonNode json(String... options) throws IOException, InterruptedException {
    Path file = folder.resolve("report.json");
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--format", "json", "--output", file.toString()));
    assertThat(check(all.toArray(String[]::new))).as(Files.readString(log())).isZero();
    return JsonMapper.shared().readTree(file).path("servers").path(0);
  }

  private int check(String... options) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("check"));
    line.addAll(List.of(options));
    line.add(program.server().toString());
    return run(line.toArray(String[]::new));
  }

  private int run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(Program.java());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log().toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private Path log() {
    return folder.resolve("log");
  }
}
