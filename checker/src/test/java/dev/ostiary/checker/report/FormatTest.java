package dev.ostiary.checker.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.checker.Report;
import dev.ostiary.checker.SampleRun;
import dev.ostiary.checker.checks.AllChecks;
import dev.ostiary.testkit.wrong.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every format, of one server that is right and one that is wrong. */
final class FormatTest {
  private static List<Report> reports = List.of();

  @BeforeAll
  static void check() throws IOException {
    Set<Fault> faults = Set.of(Fault.NO_CHALLENGE, Fault.SILENT_ABOUT_SCOPE, Fault.NO_ISS);
    reports =
        List.of(SampleRun.of(Set.of(), AllChecks.list()), SampleRun.of(faults, AllChecks.list()));
  }

  @Test
  void knowsEveryFormatByItsWord() {
    assertThat(Format.of("sarif")).contains(Format.SARIF);
    assertThat(Format.of("SARIF")).isEmpty();
  }

  @Test
  void textSaysWhatFailedAndWhatToDo() {
    assertThat(Format.TEXT.write(reports))
        .contains("✘ A 401 has a Bearer challenge")
        .contains("Fix: Send WWW-Authenticate: Bearer with every 401.")
        .contains("OK: ")
        .contains("FAILED: ")
        .contains("Side by side")
        .doesNotContain("\033[");
    assertThat(Format.inColour(reports)).contains("\033[31m✘");
  }

  @Test
  void jsonHasEveryFindingWithItsExchanges() {
    JsonNode servers = JsonMapper.shared().readTree(Format.JSON.write(reports)).path("servers");

    assertThat(servers.size()).isEqualTo(2);
    assertThat(servers.path(0).path("failed").asBoolean()).isFalse();
    assertThat(servers.path(1).path("failed").asBoolean()).isTrue();
    JsonNode findings = servers.path(1).path("findings");
    assertThat(findings.size()).isEqualTo(AllChecks.list().size());
    JsonNode failed =
        findings
            .valueStream()
            .filter(finding -> finding.path("id").asString().equals("challenge-present"))
            .findFirst()
            .orElseThrow();
    assertThat(failed.path("status").asString()).isEqualTo("failed");
    assertThat(failed.path("exchanges").path(0).path("sent").asString()).startsWith("POST https");
  }

  @Test
  void junitIsOneSuiteForEachServer() throws Exception {
    Document xml =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new ByteArrayInputStream(
                    Format.JUNIT.write(reports).getBytes(StandardCharsets.UTF_8)));

    NodeList suites = xml.getElementsByTagName("testsuite");
    assertThat(suites.getLength()).isEqualTo(2);
    Element wrong = (Element) suites.item(1);
    assertThat(wrong.getElementsByTagName("testcase").getLength())
        .isEqualTo(Integer.parseInt(wrong.getAttribute("tests")))
        .isEqualTo(AllChecks.list().size());
    assertThat(wrong.getElementsByTagName("failure").getLength())
        .isEqualTo(Integer.parseInt(wrong.getAttribute("failures")))
        .isPositive();
    assertThat(wrong.getElementsByTagName("skipped").getLength())
        .isEqualTo(Integer.parseInt(wrong.getAttribute("skipped")));
  }

  @Test
  void sarifHasWhatItsSchemaRequires() {
    JsonNode sarif = JsonMapper.shared().readTree(Format.SARIF.write(reports));

    assertThat(sarif.path("version").asString()).isEqualTo("2.1.0");
    assertThat(sarif.path("runs").size()).isEqualTo(2);
    for (JsonNode run : sarif.path("runs")) {
      JsonNode rules = run.path("tool").path("driver").path("rules");
      assertThat(run.path("tool").path("driver").path("name").asString()).isNotEmpty();
      assertThat(rules.valueStream().map(rule -> rule.path("id").asString()))
          .doesNotHaveDuplicates();
      for (JsonNode result : run.path("results")) {
        JsonNode rule = rules.path(result.path("ruleIndex").asInt());
        assertThat(rule.path("id")).isEqualTo(result.path("ruleId"));
        assertThat(result.path("message").path("text").asString()).isNotEmpty();
        assertThat(result.path("level").asString()).isIn("none", "note", "warning", "error");
        assertThat(result.path("kind").asString())
            .isIn("pass", "fail", "open", "notApplicable", "review", "informational");
        // SARIF 2.1.0 §3.27.10: only a failure has a level.
        assertThat(result.path("kind").asString().equals("fail"))
            .isEqualTo(!result.path("level").asString().equals("none"));
      }
    }
  }

  @Test
  void markdownHasOneTableForAllServers() {
    assertThat(Format.MARKDOWN.write(reports))
        .contains("| specification | `https://wrong.example/mcp` | `https://wrong.example/mcp` |")
        .contains("| RFC 6750 | passed 17/17 | failed")
        .contains("### Failed");
  }

  @Test
  void htmlLoadsNothingAndRunsNothing() {
    assertThat(Format.HTML.write(reports))
        .startsWith("<!DOCTYPE html>")
        .contains("Not right yet.", "Nothing has failed.")
        .doesNotContain("<script", "<link", "<img", "src=", "@import", "url(");
  }

  @Test
  void htmlEscapesWhatServersSay() throws IOException {
    assertThat(Format.HTML.write(reports))
        .contains("&lt;h1&gt;Let it in?")
        .doesNotContain("<h1>Let it in?");
  }
}
