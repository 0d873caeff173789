package dev.ostiary.checker.report;

import dev.ostiary.checker.Finding;
import dev.ostiary.checker.Report;
import dev.ostiary.checker.RowVerdict;
import dev.ostiary.checker.Specification;
import dev.ostiary.checker.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report for a terminal: first what is wrong, then what is left to know, then the verdicts. */
final class TextReport {
  private static final int WIDTH = 92;
  private static final int FEW = 6;
  private static final String INDENT = "    ";

  private final StringBuilder text = new StringBuilder();
  private final boolean colour;

  private TextReport(boolean colour) {
    this.colour = colour;
  }

  static String of(List<Report> reports, boolean colour) {
    TextReport writer = new TextReport(colour);
    reports.forEach(writer::report);
    if (reports.size() > 1) {
      writer.comparison(reports);
    }
    return writer.text.toString();
  }

  private void report(Report report) {
    line(bold(report.url().toString()));
    report.facts().forEach((name, value) -> line("  " + name + ": " + value));
    line("");
    section(report, Status.FAILED, "Failed");
    section(report, Status.WARNED, "Warnings");
    notTested(report);
    verdicts(report);
    left(report);
    line(bold(sentence(report)));
    line("");
  }

  private void section(Report report, Status status, String heading) {
    List<Finding> findings =
        report.findings().stream().filter(finding -> finding.status() == status).toList();
    if (findings.isEmpty()) {
      return;
    }
    line(bold(heading));
    for (Finding finding : findings) {
      line("  " + mark(status) + " " + finding.check().title());
      line(INDENT + dim(finding.check().id() + " · " + finding.check().section()));
      wrapped(finding.why());
      wrapped("Fix: " + finding.check().remedy());
    }
    line("");
  }

  /** What was missing, and how much could not be tried for it. */
  private void notTested(Report report) {
    Map<String, List<String>> reasons = new LinkedHashMap<>();
    for (Finding finding : report.findings()) {
      if (finding.status() == Status.NOT_TESTED) {
        reasons.computeIfAbsent(finding.why(), _ -> new ArrayList<>()).add(finding.check().id());
      }
    }
    if (reasons.isEmpty()) {
      return;
    }
    line(bold("Not tested; requires"));
    reasons.forEach(
        (reason, ids) -> {
          line("  " + mark(Status.NOT_TESTED) + " " + reason);
          wrapped(
              ids.size() <= FEW
                  ? String.join(", ", ids)
                  : String.join(", ", ids.subList(0, FEW))
                      + " and "
                      + (ids.size() - FEW)
                      + " more checks");
        });
    line("");
  }

  private void verdicts(Report report) {
    line(bold("Verdicts"));
    for (Map.Entry<Specification, RowVerdict> row : report.verdicts().entrySet()) {
      RowVerdict verdict = row.getValue();
      line(
          "  "
              + pad(row.getKey().title(), 20)
              + paint(verdict.kind(), pad(verdict.cell(), 14))
              + dim(row.getKey().about()));
    }
    line("");
  }

  private void left(Report report) {
    if (!report.left().isEmpty()) {
      line(bold("Left behind"));
      wrapped(
          "These clients were registered and could not be removed: "
              + String.join(", ", report.left()));
      line("");
    }
  }

  /** The whole report in one sentence. */
  static String sentence(Report report) {
    String counts =
        "%d passed, %d failed, %d warnings, %d not tested, %d not applicable"
            .formatted(
                report.count(Status.PASSED),
                report.count(Status.FAILED),
                report.count(Status.WARNED),
                report.count(Status.NOT_TESTED),
                report.count(Status.NOT_APPLICABLE));
    return (report.failed() ? "FAILED: " : "OK: ") + counts + ".";
  }

  private void comparison(List<Report> reports) {
    line(bold("Side by side"));
    for (int i = 0; i < reports.size(); i++) {
      line("  " + (i + 1) + "  " + reports.get(i).url());
    }
    line("");
    for (Comparison.Line row : Comparison.of(reports)) {
      StringBuilder cells = new StringBuilder("  " + pad(row.row().title(), 20));
      row.cells().forEach(cell -> cells.append(pad(cell, 14)));
      line(cells.toString().stripTrailing());
    }
    line("");
  }

  private void wrapped(String content) {
    StringBuilder current = new StringBuilder(INDENT);
    for (String word : content.split(" ", -1)) {
      if (current.length() + word.length() > WIDTH && current.length() > INDENT.length()) {
        line(current.toString().stripTrailing());
        current = new StringBuilder(INDENT);
      }
      current.append(word).append(' ');
    }
    line(current.toString().stripTrailing());
  }

  private String mark(Status status) {
    return switch (status) {
      case PASSED -> painted("32", "✔");
      case FAILED -> painted("31", "✘");
      case WARNED -> painted("33", "!");
      case NOT_TESTED, NOT_APPLICABLE -> painted("2", "–");
    };
  }

  private String paint(RowVerdict.Kind kind, String words) {
    return switch (kind) {
      case PASSED -> painted("32", words);
      case FAILED -> painted("31", words);
      case WARNED -> painted("33", words);
      case NOT_TESTED, NOT_OFFERED -> painted("2", words);
    };
  }

  private String bold(String words) {
    return painted("1", words);
  }

  private String dim(String words) {
    return painted("2", words);
  }

  private String painted(String code, String words) {
    return colour ? "\033[" + code + "m" + words + "\033[0m" : words;
  }

  private static String pad(String words, int width) {
    return words.length() >= width ? words + " " : words + " ".repeat(width - words.length());
  }

  private void line(String words) {
    text.append(words).append('\n');
  }
}
