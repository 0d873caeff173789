package dev.ostiary.checker.report;

import dev.ostiary.checker.Finding;
import dev.ostiary.checker.Report;
import dev.ostiary.checker.RowVerdict;
import dev.ostiary.checker.Status;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** What stands on the page. */
public record HtmlPage(List<Report> reports) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** The findings of one status, under a heading. */
  public record Group(String heading, String kind, boolean open, List<Finding> findings) {}

  public String title() {
    return reports.size() == 1
        ? "Check of " + reports.getFirst().url()
        : "Check of " + reports.size() + " servers";
  }

  public String release() {
    return reports.isEmpty() ? "" : reports.getFirst().release();
  }

  public boolean severalServers() {
    return reports.size() > 1;
  }

  /** The comparison of all servers. */
  public List<Comparison.Line> comparison() {
    return Comparison.of(reports);
  }

  public String time(Report report) {
    return TIME.format(report.at());
  }

  public String sentence(Report report) {
    return TextReport.sentence(report).replaceFirst("^[A-Z]+: ", "");
  }

  /** The findings from the worst, each status that there is. */
  public List<Group> groups(Report report) {
    return List.of(
            Status.FAILED, Status.WARNED, Status.NOT_TESTED, Status.PASSED, Status.NOT_APPLICABLE)
        .stream()
        .map(status -> group(report, status))
        .filter(group -> !group.findings().isEmpty())
        .toList();
  }

  private static Group group(Report report, Status status) {
    boolean open = status == Status.FAILED || status == Status.WARNED;
    return new Group(
        MarkdownReport.heading(status),
        status.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        open,
        report.findings().stream().filter(finding -> finding.status() == status).toList());
  }

  /** A class name of the stylesheet. */
  public String kind(RowVerdict verdict) {
    return verdict.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The class name of a cell of the comparison. */
  public String kind(String cell) {
    return cell.startsWith("not") || cell.isEmpty() ? "not-tested" : cell.split(" ", 2)[0];
  }
}
