package dev.ostiary.checker.report;

import dev.ostiary.checker.Check;
import dev.ostiary.checker.Finding;
import dev.ostiary.checker.Level;
import dev.ostiary.checker.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reports for code scanning: SARIF 2.1.0, a run for each server. */
final class SarifReport {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private SarifReport() {}

  static String of(List<Report> reports) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json.put("version", "2.1.0");
    ArrayNode runs = json.putArray("runs");
    reports.forEach(report -> runs.add(run(report)));
    return MAPPER.writeValueAsString(json) + "\n";
  }

  private static ObjectNode run(Report report) {
    ObjectNode run = JsonNodeFactory.instance.objectNode();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "ostiary check").put("version", report.release());
    Map<String, Integer> indices = new LinkedHashMap<>();
    ArrayNode rules = driver.putArray("rules");
    for (Finding finding : report.findings()) {
      if (indices.putIfAbsent(finding.check().id(), indices.size()) == null) {
        rules.add(rule(finding.check()));
      }
    }
    run.putArray("invocations")
        .addObject()
        .put("executionSuccessful", true)
        .put("startTimeUtc", report.at().toString());
    ArrayNode results = run.putArray("results");
    for (Finding finding : report.findings()) {
      int index = indices.getOrDefault(finding.check().id(), 0);
      results.add(result(report, finding).put("ruleIndex", index));
    }
    return run;
  }

  private static ObjectNode rule(Check check) {
    ObjectNode rule = JsonNodeFactory.instance.objectNode();
    rule.put("id", check.id());
    rule.putObject("shortDescription").put("text", check.title());
    rule.putObject("fullDescription").put("text", check.title() + " (" + check.section() + ")");
    rule.putObject("help").put("text", check.remedy());
    rule.putObject("defaultConfiguration")
        .put("level", check.level() == Level.MUST ? "error" : "warning");
    ArrayNode tags = rule.putObject("properties").putArray("tags");
    check.requirements().forEach(tags::add);
    return rule;
  }

  private static ObjectNode result(Report report, Finding finding) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.put("ruleId", finding.check().id());
    result.put("kind", kind(report, finding));
    result.put("level", level(report, finding));
    String why = finding.why().isEmpty() ? finding.check().title() : finding.why();
    result.putObject("message").put("text", why);
    result
        .putArray("locations")
        .addObject()
        .putObject("physicalLocation")
        .putObject("artifactLocation")
        .put("uri", report.url().toString());
    return result;
  }

  private static String kind(Report report, Finding finding) {
    return switch (finding.status()) {
      case PASSED -> "pass";
      case FAILED, WARNED -> "fail";
      case NOT_TESTED -> report.strict() ? "fail" : "open";
      case NOT_APPLICABLE -> "notApplicable";
    };
  }

  /** Only what fails has a level (SARIF 2.1.0 §3.27.10). */
  private static String level(Report report, Finding finding) {
    return switch (finding.status()) {
      case FAILED -> "error";
      case WARNED -> "warning";
      case PASSED, NOT_APPLICABLE -> "none";
      case NOT_TESTED -> report.strict() ? "error" : "none";
    };
  }
}
