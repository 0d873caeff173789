package dev.ostiary.acceptance;

import dev.ostiary.mcp.Era;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What the official suite finds for clients of one era at a backend of one era over one transport.
 *
 * @param server of the configuration of {@link GuardedBackends}
 * @param transport between the gateway and the backend
 */
record BridgeCell(Era client, Era backend, String server, String transport) {
  static final List<BridgeCell> ALL =
      List.of(
          new BridgeCell(Era.LEGACY, Era.LEGACY, "legacy", "Streamable HTTP"),
          new BridgeCell(Era.LEGACY, Era.LEGACY, "stdio-legacy", "stdio"),
          new BridgeCell(Era.LEGACY, Era.LEGACY, "sse", "HTTP+SSE"),
          new BridgeCell(Era.LEGACY, Era.MODERN, "modern", "Streamable HTTP"),
          new BridgeCell(Era.LEGACY, Era.MODERN, "stdio-modern", "stdio"),
          new BridgeCell(Era.MODERN, Era.LEGACY, "legacy", "Streamable HTTP"),
          new BridgeCell(Era.MODERN, Era.LEGACY, "stdio-legacy", "stdio"),
          new BridgeCell(Era.MODERN, Era.LEGACY, "sse", "HTTP+SSE"),
          new BridgeCell(Era.MODERN, Era.MODERN, "modern", "Streamable HTTP"),
          new BridgeCell(Era.MODERN, Era.MODERN, "stdio-modern", "stdio"));

  /** The revision whose requirements are asked for. */
  String revision() {
    return revision(client);
  }

  static String revision(Era client) {
    return client == Era.LEGACY ? "2025-11-25" : "2026-07-28";
  }

  boolean isBridged() {
    return client != backend;
  }

  /** Whether messages pass byte for byte. */
  boolean isPassed() {
    return !isBridged() && transport.equals("Streamable HTTP");
  }

  /** Runs the suite through the gateway, signed in. */
  SuiteRun run(GuardedBackends backends, Npm npm) throws IOException, InterruptedException {
    URI guarded = backends.guarded(server);
    try (Journey journey = new Journey(backends.program(), guarded);
        NodeProcess proxy =
            npm.startScript(
                "token-proxy.mjs",
                Map.of("ACCESS_TOKEN", journey.signIn().access()),
                guarded.toString())) {
      return SuiteRun.of(npm, URI.create(proxy.awaitUrl()), revision());
    }
  }

  /**
   * The checks of a run, each with its scenario, whose verdict is not a success. The extension for
   * tasks is left out, which the SDK of these backends does not offer.
   */
  static NavigableSet<String> failed(SuiteRun run) {
    NavigableSet<String> failed = new TreeSet<>();
    run.verdicts()
        .forEach(
            (scenario, verdicts) -> {
              if (!scenario.startsWith("server-tasks-")) {
                verdicts.stream()
                    .filter(verdict -> !verdict.endsWith(": SUCCESS"))
                    .map(verdict -> scenario.replaceFirst("^server-", "") + ": " + id(verdict))
                    .forEach(failed::add);
              }
            });
    return failed;
  }

  static long checks(SuiteRun run) {
    return run.verdicts().entrySet().stream()
        .filter(each -> !each.getKey().startsWith("server-tasks-"))
        .mapToLong(each -> each.getValue().size())
        .sum();
  }

  private static String id(String verdict) {
    return verdict.substring(0, verdict.indexOf(','));
  }
}
