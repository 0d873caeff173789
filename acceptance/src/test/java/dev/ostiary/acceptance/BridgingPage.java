package dev.ostiary.acceptance;

import dev.ostiary.mcp.Era;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The generated tables of {@code docs/reference/bridging.md}. */
final class BridgingPage {
  private static final String BEGIN = "<!-- generated: what the suite finds -->\n";
  private static final String END = "<!-- end -->\n";

  /**
   * Why a check cannot pass where the backend is of the legacy era. A check without is an error.
   */
  private static final Map<String, String> REASONS =
      Map.of(
          "sep-2322-elicitation-incomplete",
          "It expects the backend's own key for a question; a legacy question has none, and the"
              + " bridge makes one up.",
          "sep-2322-ignore-unexpected-params",
          "It answers a question that was never asked, by the backend's own key.",
          "sep-2322-respect-client-capabilities",
          "The tool asks by the capabilities in the request, which a legacy backend does not see.",
          "sep-2575-server-rejects-undeclared-capability",
          "A legacy backend on this SDK fails the call by itself where the client lacks a"
              + " capability, and does not say which.",
          "sep-2575-missing-capability-http-400",
          "The status of that error, which does not come.");

  private BridgingPage() {}

  static NavigableSet<String> cells() {
    return new TreeSet<>();
  }

  static String name(BridgeCell cell) {
    return cell.transport();
  }

  static String row(BridgeCell cell, long checks, int failed) {
    return "| %s | %s | %s | %s | %s |\n"
        .formatted(
            era(cell.client()),
            era(cell.backend()),
            cell.transport(),
            cell.isPassed()
                ? "byte for byte"
                : cell.isBridged() ? "translated" : "message by message",
            failed == 0
                ? "all %d checks".formatted(checks)
                : "%d of %d".formatted(checks - failed, checks));
  }

  private static String era(Era era) {
    return era.name().toLowerCase(Locale.ROOT);
  }

  static String tables(String rows, NavigableMap<String, NavigableSet<String>> failures) {
    StringBuilder tables = new StringBuilder();
    tables.append(
        "| clients | backend | transport | passes | the suite |\n|---|---|---|---|---|\n");
    tables.append(rows);
    tables.append("\n| check that does not pass | over | why |\n|---|---|---|\n");
    failures.forEach(
        (check, over) ->
            tables.append(
                "| `%s` | %s | %s |\n".formatted(check, String.join(", ", over), reason(check))));
    return tables.toString();
  }

  private static String reason(String check) {
    String id = check.substring(check.lastIndexOf(' ') + 1);
    String reason = REASONS.get(id);
    if (reason == null) {
      throw new AssertionError("no reason is known why this does not pass: " + check);
    }
    return reason;
  }

  static String with(String page, String tables) {
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    return page.substring(0, begin) + "\n" + tables + "\n" + page.substring(page.indexOf(END));
  }
}
