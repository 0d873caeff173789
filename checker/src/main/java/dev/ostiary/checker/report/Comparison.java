package dev.ostiary.checker.report;

import dev.ostiary.checker.Report;
import dev.ostiary.checker.RowVerdict;
import dev.ostiary.checker.Specification;
import java.util.ArrayList;
import java.util.List;

/** Several servers side by side, a line for each specification. */
public final class Comparison {
  private Comparison() {}

  /** One specification, and what each server makes of it. */
  public record Line(Specification row, List<String> cells) {}

  static List<Line> of(List<Report> reports) {
    List<Line> lines = new ArrayList<>();
    for (Specification row : Specification.values()) {
      if (reports.stream().anyMatch(report -> report.verdicts().containsKey(row))) {
        lines.add(new Line(row, reports.stream().map(report -> cell(report, row)).toList()));
      }
    }
    return lines;
  }

  private static String cell(Report report, Specification row) {
    RowVerdict verdict = report.verdicts().get(row);
    return verdict == null ? "" : verdict.cell();
  }
}
