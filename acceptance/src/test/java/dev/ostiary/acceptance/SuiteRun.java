package dev.ostiary.acceptance;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the official suite found at one server: whether all that the revision requires passed, and
 * every check's verdict by scenario.
 */
record SuiteRun(boolean conforms, SortedMap<String, List<String>> verdicts) {
  /** A result folder's name ends in the time of its run. */
  private static final String TIME = "-\\d{4}-\\d{2}-\\d{2}T[0-9A-Z-]+$";

  static SuiteRun of(Npm npm, URI server, String revision)
      throws IOException, InterruptedException {
    return run(npm, server, "--requirements", revision);
  }

  /** Runs one scenario of an extension of 2026-07-28, which no revision requires. */
  static SuiteRun ofExtension(Npm npm, URI server, String scenario)
      throws IOException, InterruptedException {
    return run(npm, server, "--scenario", scenario, "--spec-version", "2026-07-28", "--force");
  }

  private static SuiteRun run(Npm npm, URI server, String... which)
      throws IOException, InterruptedException {
    Path results = Files.createDirectories(SourceTree.root().resolve("acceptance/target/suite"));
    Path folder = Files.createTempDirectory(results, "run-");
    List<String> arguments = new ArrayList<>(List.of("server", "--url", server.toString()));
    arguments.addAll(List.of(which));
    arguments.addAll(List.of("--output-dir", folder.toString()));
    try (NodeProcess suite = npm.startTool("conformance", arguments.toArray(String[]::new))) {
      return new SuiteRun(suite.awaitStatus() == 0, verdicts(folder));
    }
  }

  /**
   * The verdicts without their messages. Those about tasks are left out: a server without them and
   * a gateway to which each task belongs to a grant refuse them in different ways.
   */
  SortedMap<String, List<String>> statuses() {
    SortedMap<String, List<String>> statuses = new TreeMap<>();
    verdicts.forEach(
        (scenario, all) ->
            statuses.put(
                scenario,
                all.stream().map(each -> each.replaceFirst("(: [A-Z]+).*", "$1")).toList()));
    statuses.keySet().removeIf(scenario -> scenario.startsWith("server-tasks-"));
    return statuses;
  }

  private static SortedMap<String, List<String>> verdicts(Path folder) throws IOException {
    SortedMap<String, List<String>> verdicts = new TreeMap<>();
    try (Stream<Path> scenarios = Files.list(folder)) {
      for (Path scenario : scenarios.toList()) {
        verdicts.put(
            scenario.getFileName().toString().replaceFirst(TIME, ""),
            verdicts(JsonMapper.shared().readTree(scenario.resolve("checks.json"))));
      }
    }
    return verdicts;
  }

  /** What is only informative depends on how bytes were cut on their way. */
  private static List<String> verdicts(JsonNode checks) {
    return checks
        .valueStream()
        .filter(check -> !check.get("status").asString().equals("INFO"))
        .map(SuiteRun::verdict)
        .toList();
  }

  private static String verdict(JsonNode check) {
    return "%s, %s: %s %s"
        .formatted(
            check.get("id").asString(),
            check.get("name").asString(),
            check.get("status").asString(),
            check.path("errorMessage").asString(""))
        .strip();
  }
}
