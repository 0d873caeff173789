package dev.ostiary.checker.report;

import dev.ostiary.checker.Report;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The forms in which reports can be had. */
public enum Format {
  /** For a terminal. */
  TEXT,
  JSON,
  /** For build servers. */
  JUNIT,
  /** For code scanning (SARIF 2.1.0). */
  SARIF,
  MARKDOWN,
  /** One file that can be sent on. */
  HTML;

  /** The format of this name, as it is typed. */
  public static Optional<Format> of(String name) {
    return Arrays.stream(values()).filter(format -> format.word().equals(name)).findFirst();
  }

  /** As it is typed. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The whole document. */
  public String write(List<Report> reports) {
    return switch (this) {
      case TEXT -> TextReport.of(reports, false);
      case JSON -> JsonReport.of(reports);
      case JUNIT -> JUnitReport.of(reports);
      case SARIF -> SarifReport.of(reports);
      case MARKDOWN -> MarkdownReport.of(reports);
      case HTML -> HtmlReport.of(reports);
    };
  }

  /** For a terminal that shows colours. */
  public static String inColour(List<Report> reports) {
    return TextReport.of(reports, true);
  }
}
