package dev.ostiary.acceptance;

import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The official conformance suite: its authorization server scenarios, and its server scenarios that
 * need no fixture. What it asks beyond that stands in {@code npm/suite-baseline.yml}.
 */
@ExtendWith(WithProgram.class)
final class OfficialSuiteIT {
  private static final Path RESULTS = SourceTree.root().resolve("acceptance/target/suite");

  @ParameterizedTest
  @ValueSource(strings = {"2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"})
  @Requirement({"A-8", "A-9", "A-10", "A-27"})
  void authorizationServer(String revision, Program program, Npm npm)
      throws IOException, InterruptedException {
    try (Journey journey = new Journey(program)) {
      int port = FreePort.find();
      Journey.Registered client = journey.register("http://127.0.0.1:" + port + "/callback");
      try (NodeProcess suite =
          npm.startTool(
              "conformance",
              "authorization",
              "--url",
              program.origin().toString(),
              "--client-id",
              client.id(),
              "--port",
              Integer.toString(port),
              "--spec-version",
              revision,
              "--output-dir",
              RESULTS.toString())) {
        String url = suite.awaitLine(line -> line.startsWith(program.origin() + "/authorize?"));
        suite.awaitLine(line -> line.startsWith("Callback server started"));
        npm.startScript("consent.mjs", Map.of(), url).awaitEnd();
        suite.awaitEnd();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "server-initialize, 2025-06-18",
    "server-initialize, 2025-11-25",
    "ping, 2025-06-18",
    "ping, 2025-11-25",
    "tools-list, 2025-06-18",
    "tools-list, 2025-11-25",
    "tools-list, 2026-07-28",
    "resources-list, 2025-06-18",
    "resources-list, 2025-11-25",
    "resources-list, 2026-07-28",
    "server-stateless, 2026-07-28",
    "caching, 2026-07-28",
    "sep-2164-resource-not-found, 2026-07-28",
    "dns-rebinding-protection, 2025-11-25",
    "dns-rebinding-protection, 2026-07-28",
    "http-header-validation, 2026-07-28"
  })
  @Requirement({
    "T-3", "T-12", "T-13", "T-14", "T-15", "T-16", "T-18", "T-23", "T-26", "T-27", "T-29", "T-38",
    "T-60"
  })
  void server(String scenario, String revision, Program program, Npm npm)
      throws IOException, InterruptedException {
    try (Journey journey = new Journey(program);
        NodeProcess proxy =
            npm.startScript(
                "token-proxy.mjs",
                Map.of("ACCESS_TOKEN", journey.signIn().access()),
                program.server().toString());
        NodeProcess suite =
            npm.startTool(
                "conformance",
                "server",
                "--url",
                proxy.awaitLine(line -> line.startsWith("http://")),
                "--scenario",
                scenario,
                "--spec-version",
                revision,
                "--expected-failures",
                "suite-baseline.yml",
                "--output-dir",
                RESULTS.toString())) {
      suite.awaitEnd();
    }
  }
}
