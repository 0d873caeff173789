package dev.ostiary.checker.report;

import dev.ostiary.checker.Finding;
import dev.ostiary.checker.Report;
import dev.ostiary.checker.Status;
import dev.ostiary.checker.http.Exchanged;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Reports as build servers read them: a test suite for each server, a test case for each check. */
final class JUnitReport {
  private final XMLStreamWriter xml;

  private JUnitReport(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static String of(List<Report> reports) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      new JUnitReport(xml).write(reports);
      xml.close();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException("XML cannot be written to memory", impossible);
    }
    return text.append('\n').toString();
  }

  private void write(List<Report> reports) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeStartElement("testsuites");
    for (Report report : reports) {
      suite(report);
    }
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private void suite(Report report) throws XMLStreamException {
    long failures = report.findings().stream().filter(report::counts).count();
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", report.url().toString());
    xml.writeAttribute("timestamp", report.at().toString());
    xml.writeAttribute("tests", Integer.toString(report.findings().size()));
    xml.writeAttribute("failures", Long.toString(failures));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", Long.toString(skipped(report)));
    for (Finding finding : report.findings()) {
      testCase(report, finding);
    }
    xml.writeEndElement();
  }

  private static long skipped(Report report) {
    return report.findings().stream()
        .filter(finding -> !report.counts(finding))
        .filter(
            finding ->
                finding.status() == Status.NOT_TESTED || finding.status() == Status.NOT_APPLICABLE)
        .count();
  }

  private void testCase(Report report, Finding finding) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "ostiary.check." + finding.check().row().title());
    xml.writeAttribute("name", finding.check().id() + ": " + finding.check().title());
    if (report.counts(finding)) {
      xml.writeStartElement("failure");
      xml.writeAttribute("message", clean(finding.why()));
      xml.writeAttribute("type", finding.status().word());
      xml.writeCharacters(clean(explained(finding)));
      xml.writeEndElement();
    } else if (finding.status() == Status.WARNED) {
      xml.writeStartElement("system-out");
      xml.writeCharacters(clean("Warning: " + explained(finding)));
      xml.writeEndElement();
    } else if (finding.status() != Status.PASSED) {
      xml.writeEmptyElement("skipped");
      xml.writeAttribute("message", clean(finding.why()));
    }
    xml.writeEndElement();
  }

  private static String explained(Finding finding) {
    StringBuilder text = new StringBuilder(finding.why());
    text.append("\n").append(finding.check().section());
    text.append("\nFix: ").append(finding.check().remedy()).append('\n');
    for (Exchanged exchange : finding.evidence()) {
      text.append("\n").append(exchange.sent()).append("\n\n").append(exchange.received());
      text.append("\n");
    }
    return text.toString();
  }

  /** Without what XML 1.0 cannot carry (§2.2). */
  private static String clean(String text) {
    return text.codePoints()
        .map(
            c ->
                c == '\t'
                        || c == '\n'
                        || c == '\r'
                        || (c >= 0x20 && c <= 0xd7ff)
                        || (c >= 0xe000 && c <= 0xfffd)
                        || c >= 0x10000
                    ? c
                    : '?')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
