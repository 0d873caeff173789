package dev.ostiary.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.server.metrics.Exposition.Family;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The reference page has exactly the metrics of Ostiary, and every other one that comes along. */
final class MetricsPageTest {
  private static final Path PAGE = Path.of("../docs/reference/metrics.md");
  private static final String BEGIN = "<!-- metrics -->\n";
  private static final String END = "<!-- end of metrics -->\n";

  private static final List<Family> FAMILIES =
      Exposition.parse(SampleMetrics.text(SampleMetrics.scrape(SampleMetrics.used()))).families();

  @Test
  void isMadeFromWhatIsExposed() throws Exception {
    String page = Files.readString(PAGE);
    String made = BEGIN + table() + END;
    if ("write".equals(System.getProperty("docs"))) {
      page =
          page.substring(0, page.indexOf(BEGIN))
              + made
              + page.substring(page.indexOf(END) + END.length());
      Files.writeString(PAGE, page);
    }

    assertThat(page).as("%s; to write it anew: mvn verify -Ddocs=write", PAGE).contains(made);
  }

  /** Which of them there are depends on the garbage collector and the system. */
  @Test
  void namesWhatTheMachineSays() throws Exception {
    String page = Files.readString(PAGE);

    assertThat(FAMILIES)
        .filteredOn(family -> !family.name().startsWith("ostiary_"))
        .allSatisfy(family -> assertThat(page).contains("`" + family.name() + "`"));
  }

  private static String table() {
    return FAMILIES.stream()
        .filter(family -> family.name().startsWith("ostiary_"))
        .map(MetricsPageTest::row)
        .collect(
            Collectors.joining(
                "\n", "| metric | type | labels | meaning |\n|---|---|---|---|\n", "\n"));
  }

  private static String row(Family family) {
    return "| `%s` | %s | %s | %s |"
        .formatted(
            family.name(),
            family.type(),
            family.labels().stream()
                .map(label -> "`" + label + "`")
                .collect(Collectors.joining(", ")),
            family.help());
  }
}
