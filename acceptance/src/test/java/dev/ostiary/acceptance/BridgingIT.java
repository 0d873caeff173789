package dev.ostiary.acceptance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.mcp.Era;
import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The official suite through the gateway, for each era of clients, era of backends and transport.
 * In the same era, the verdicts are those of a direct connection; what a bridge cannot do is what
 * the page says.
 */
@ExtendWith(WithProgram.class)
final class BridgingIT {
  private static final int AT_ONCE = 3;

  @Test
  @Requirement({
    "T-7", "T-19", "T-20", "T-24", "T-26", "T-27", "T-28", "T-29", "T-31", "T-33", "T-34", "T-36",
    "T-55", "T-62"
  })
  void thePageSaysWhatTheSuiteFinds(GuardedBackends backends, Npm npm)
      throws IOException, InterruptedException, ExecutionException {
    Map<Era, Future<SuiteRun>> direct = new LinkedHashMap<>();
    Map<BridgeCell, Future<SuiteRun>> through = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Era era : Era.values()) {
        Callable<SuiteRun> run =
            () -> SuiteRun.of(npm, backends.inOneEra(era).direct(), BridgeCell.revision(era));
        direct.put(era, threads.submit(run));
      }
      for (BridgeCell cell : BridgeCell.ALL) {
        through.put(cell, threads.submit(() -> cell.run(backends, npm)));
      }
    }

    NavigableMap<String, NavigableSet<String>> failures = new TreeMap<>();
    StringBuilder rows = new StringBuilder();
    for (Map.Entry<BridgeCell, Future<SuiteRun>> each : through.entrySet()) {
      BridgeCell cell = each.getKey();
      SuiteRun run = each.getValue().get();
      if (!cell.isBridged()) {
        assertThat(run.conforms()).as(cell.toString()).isTrue();
      }
      if (cell.isPassed()) {
        SuiteRun expected = requireNonNull(direct.get(cell.client())).get();
        assertThat(run.statuses()).as(cell.toString()).isEqualTo(expected.statuses());
      }
      NavigableSet<String> failed = BridgeCell.failed(run);
      rows.append(BridgingPage.row(cell, BridgeCell.checks(run), failed.size()));
      failed.forEach(
          check ->
              failures
                  .computeIfAbsent(check, _ -> BridgingPage.cells())
                  .add(BridgingPage.name(cell)));
    }
    isOnThePage(BridgingPage.tables(rows.toString(), failures));
  }

  private static void isOnThePage(String tables) throws IOException {
    Path page = SourceTree.root().resolve("docs/reference/bridging.md");
    String written = Files.readString(page);
    String made = BridgingPage.with(written, tables);
    if ("write".equals(System.getProperty("docs"))) {
      Files.writeString(page, made);
    }

    assertThat(Files.readString(page))
        .as("docs/reference/bridging.md; to write it anew: mvn verify -Ddocs=write")
        .isEqualTo(made);
  }
}
