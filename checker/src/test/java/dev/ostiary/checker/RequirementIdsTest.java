package dev.ostiary.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.checker.checks.AllChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks speak of requirements that the register has. */
final class RequirementIdsTest {
  private static final Path REGISTER = Path.of("../requirements");
  private static final Pattern ID = Pattern.compile("(?m)^- id: (\\S+)$");

  @Test
  void everyRequirementOfACheckIsInTheRegister() throws IOException {
    Set<String> known = new TreeSet<>();
    try (Stream<Path> files = Files.list(REGISTER)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
        Matcher ids = ID.matcher(Files.readString(file));
        while (ids.find()) {
          known.add(ids.group(1));
        }
      }
    }

    assertThat(AllChecks.list()).flatExtracting(Check::requirements).isNotEmpty().isSubsetOf(known);
  }
}
