package dev.ostiary.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.checker.HostileNetwork.Harm;
import dev.ostiary.checker.checks.AllChecks;
import dev.ostiary.checker.report.Format;
import dev.ostiary.checker.server.Options;
import dev.ostiary.checker.signin.AutoSignIn;
import dev.ostiary.testkit.wrong.WrongNetwork;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server that means harm: the run comes to its end, and its report is harmless in every format.
 */
@Timeout(120)
final class HostileServerTest {
  @ParameterizedTest
  @EnumSource
  void leavesAReportThatIsCompleteAndHarmless(Harm harm) throws Exception {
    Report report = check(harm);

    assertThat(report.findings()).hasSameSizeAs(AllChecks.list());
    for (Format format : Format.values()) {
      String text = format.write(List.of(report, report));
      assertThat(text.codePoints().filter(HostileServerTest::acts).toArray())
          .as("%s, of %s", format, harm)
          .isEmpty();
      assertThat(text.lines()).noneMatch(line -> line.strip().equals("OK: all passed."));
    }
    assertThat(Format.HTML.write(List.of(report))).doesNotContain("<script");
    assertThat(Format.MARKDOWN.write(List.of(report)))
        .doesNotContainPattern("(?<!\\\\)<script")
        .doesNotContain("**b**");
    isRead(report);
  }

  private static void isRead(Report report) throws Exception {
    assertThat(JsonMapper.shared().readTree(Format.JSON.write(List.of(report))).has("servers"))
        .isTrue();
    assertThat(JsonMapper.shared().readTree(Format.SARIF.write(List.of(report))).has("runs"))
        .isTrue();
    byte[] xml = Format.JUNIT.write(List.of(report)).getBytes(StandardCharsets.UTF_8);
    assertThat(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml))
                .getElementsByTagName("testcase")
                .getLength())
        .isEqualTo(AllChecks.list().size());
  }

  /** Whether a character does something to a terminal, or to the direction of a text. */
  private static boolean acts(int point) {
    int type = Character.getType(point);
    return point != '\n'
        && point != '\t'
        && (type == Character.CONTROL
            || type == Character.FORMAT
            || type == Character.SURROGATE
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR);
  }

  private static Report check(Harm harm) throws IOException {
    SampleRun.SampleMoment clock = new SampleRun.SampleMoment();
    try (WrongNetwork network = WrongNetwork.of(Set.of(), clock);
        HostileNetwork hostile = new HostileNetwork(network, harm)) {
      Options options =
          new Options(
              false,
              true,
              null,
              new AutoSignIn("http://127.0.0.1:53682/callback", List.of("http*"), Map.of()),
              null,
              null,
              WrongNetwork.DOCUMENT,
              false,
              network.neighbour());
      return new Checker(hostile, clock, "1.2.3")
          .check(network.server(), AllChecks.list(), options, Progress.NONE);
    }
  }
}
