package dev.ostiary.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.checker.checks.AllChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The reference of all checks is made from the checks. */
final class ChecksPageTest {
  private static final Path PAGE = Path.of("../docs/reference/checks.md");
  private static final String BEGIN = "<!-- checks -->\n";
  private static final String END = "<!-- end of checks -->";

  @Test
  void listsEveryCheck() throws IOException {
    String page = Files.readString(PAGE);
    String made = BEGIN + tables() + END;
    if ("write".equals(System.getProperty("docs"))) {
      page =
          page.substring(0, page.indexOf(BEGIN))
              + made
              + page.substring(page.indexOf(END) + END.length());
      Files.writeString(PAGE, page);
    }

    assertThat(page).as("%s; to write it anew: mvn verify -Ddocs=write", PAGE).contains(made);
  }

  private static String tables() {
    StringBuilder text = new StringBuilder();
    for (Specification row : Specification.values()) {
      List<Check> checks = AllChecks.list().stream().filter(check -> check.row() == row).toList();
      if (!checks.isEmpty()) {
        text.append("\n### ")
            .append(row.title())
            .append("\n\n")
            .append(row.about())
            .append(".\n\n");
        text.append("| check | level | what holds | section | requirements | needs |\n");
        text.append("|---|---|---|---|---|---|\n");
        checks.forEach(check -> text.append(line(check)));
      }
    }
    return text.append('\n').toString();
  }

  private static String line(Check check) {
    return "| `%s` | %s | %s. *%s* | %s | %s | %s |\n"
        .formatted(
            check.id(),
            check.level(),
            check.title(),
            check.remedy(),
            check.section(),
            String.join(", ", check.requirements()),
            check.needs().stream().map(Need::words).collect(Collectors.joining(", ")));
  }
}
