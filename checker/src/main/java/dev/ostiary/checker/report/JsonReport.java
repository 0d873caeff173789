package dev.ostiary.checker.report;

import dev.ostiary.checker.Finding;
import dev.ostiary.checker.Report;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reports in JSON. Names are an API: docs/reference/checks.md. */
final class JsonReport {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private JsonReport() {}

  static String of(List<Report> reports) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode servers = json.putArray("servers");
    reports.forEach(report -> servers.add(server(report)));
    return MAPPER.writeValueAsString(json) + "\n";
  }

  private static ObjectNode server(Report report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("url", report.url().toString());
    json.put("at", report.at().toString());
    json.put("release", report.release());
    json.put("strict", report.strict());
    json.put("failed", report.failed());
    ObjectNode facts = json.putObject("facts");
    report.facts().forEach(facts::put);
    ArrayNode left = json.putArray("left");
    report.left().forEach(left::add);
    ArrayNode verdicts = json.putArray("verdicts");
    report
        .verdicts()
        .forEach(
            (row, verdict) ->
                verdicts
                    .addObject()
                    .put("specification", row.title())
                    .put("verdict", verdict.kind().word())
                    .put("passed", verdict.passed())
                    .put("failed", verdict.failed())
                    .put("warned", verdict.warned())
                    .put("not_tested", verdict.notTested())
                    .put("not_applicable", verdict.notApplicable()));
    ArrayNode findings = json.putArray("findings");
    report.findings().forEach(finding -> findings.add(finding(finding)));
    return json;
  }

  private static ObjectNode finding(Finding finding) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", finding.check().id());
    json.put("status", finding.status().name().toLowerCase(Locale.ROOT));
    json.put("level", finding.check().level().name());
    json.put("specification", finding.check().row().title());
    json.put("section", finding.check().section());
    json.put("title", finding.check().title());
    json.put("why", finding.why());
    json.put("remedy", finding.check().remedy());
    ArrayNode requirements = json.putArray("requirements");
    finding.check().requirements().forEach(requirements::add);
    ArrayNode exchanges = json.putArray("exchanges");
    finding
        .evidence()
        .forEach(
            exchange ->
                exchanges
                    .addObject()
                    .put("sent", exchange.sent())
                    .put("received", exchange.received()));
    return json;
  }
}
