package dev.ostiary.checker.report;

import dev.ostiary.checker.Report;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.List;

/** One self-contained page: no script, nothing loaded from elsewhere, everything escaped. */
final class HtmlReport {
  private HtmlReport() {}

  static String of(List<Report> reports) {
    StringOutput page = new StringOutput();
    JtereportGenerated.render(
        new OwaspHtmlTemplateOutput(page), new PlainTags(), new HtmlPage(reports));
    return page.toString();
  }
}
