package dev.ostiary.checker.report;

import dev.ostiary.checker.Finding;
import dev.ostiary.checker.Report;
import dev.ostiary.checker.Status;
import java.util.List;

/** Reports in Markdown, for an issue or a page. */
final class MarkdownReport {
  private MarkdownReport() {}

  static String of(List<Report> reports) {
    StringBuilder page = new StringBuilder("# MCP authorization check\n\n").append(table(reports));
    reports.forEach(report -> page.append(details(report)));
    return page.toString();
  }

  /** The verdicts, one column for each server. */
  static String table(List<Report> reports) {
    StringBuilder table = new StringBuilder("| specification |");
    reports.forEach(report -> table.append(" `").append(report.url()).append("` |"));
    table.append("\n|---|").append("---|".repeat(reports.size())).append('\n');
    for (Comparison.Line line : Comparison.of(reports)) {
      table
          .append("| ")
          .append(line.row().title())
          .append(" | ")
          .append(String.join(" | ", line.cells()))
          .append(" |\n");
    }
    return table.toString();
  }

  private static String details(Report report) {
    StringBuilder text = new StringBuilder("\n## ").append(report.url()).append("\n\n");
    text.append(TextReport.sentence(report))
        .append(" Checked at ")
        .append(report.at())
        .append(" by Ostiary ")
        .append(report.release())
        .append(".\n");
    if (!report.left().isEmpty()) {
      text.append("\nClients that could not be removed: ")
          .append(plain(String.join(", ", report.left())))
          .append(".\n");
    }
    for (Status status : List.of(Status.FAILED, Status.WARNED, Status.NOT_TESTED)) {
      section(report, status, text);
    }
    return text.toString();
  }

  private static void section(Report report, Status status, StringBuilder text) {
    List<Finding> findings =
        report.findings().stream().filter(finding -> finding.status() == status).toList();
    if (findings.isEmpty()) {
      return;
    }
    text.append("\n### ").append(heading(status)).append("\n\n");
    for (Finding finding : findings) {
      text.append("- **")
          .append(finding.check().title())
          .append("** (`")
          .append(finding.check().id())
          .append("`, ")
          .append(finding.check().section())
          .append("): ")
          .append(plain(finding.why()));
      if (status != Status.NOT_TESTED) {
        text.append(" *").append(finding.check().remedy()).append('*');
      }
      text.append('\n');
    }
  }

  static String heading(Status status) {
    return switch (status) {
      case PASSED -> "Passed";
      case FAILED -> "Failed";
      case WARNED -> "Warnings";
      case NOT_TESTED -> "Not tested";
      case NOT_APPLICABLE -> "Not applicable";
    };
  }

  /** What servers say stays text. */
  private static String plain(String text) {
    return text.replaceAll("([\\\\`*_<>\\[\\]|&~#!@])", "\\\\$1");
  }
}
