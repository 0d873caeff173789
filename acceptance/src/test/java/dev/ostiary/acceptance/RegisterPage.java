package dev.ostiary.acceptance;

import dev.ostiary.acceptance.RegisterEntry.Status;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reference page of the register, made from it and from the tests. */
final class RegisterPage {
  private static final Map<String, String> TITLES =
      Map.of(
          "requirements/mcp-authorization.yaml", "MCP authorization",
          "requirements/mcp-transport.yaml", "MCP over HTTP",
          "requirements/oauth.yaml", "OAuth",
          "requirements/github.yaml", "GitHub as the upstream");

  private RegisterPage() {}

  static String markdown(Register register, LinkedTests tests) {
    StringBuilder page = new StringBuilder(head(register));
    List<String> files =
        register.entries().stream().map(Register.Located::file).distinct().toList();
    for (String file : files) {
      page.append("\n## ").append(TITLES.get(file)).append("\n\n");
      page.append("| Id | Level | Wording | Revisions | Source | Status | Tests |\n");
      page.append("|---|---|---|---|---|---|---|\n");
      register.entries().stream()
          .filter(located -> located.file().equals(file))
          .forEach(located -> page.append(row(located.entry(), tests)).append('\n'));
    }
    return page.toString();
  }

  private static String head(Register register) {
    return """
    # Requirements

    What the specifications ask of Ostiary, and which test shows that it is done. This page is made
    from `requirements/*.yaml` and from the tests that carry `@Requirement`; to write it anew, run
    `mvn verify -Ddocs=write`.

    - **Level** is the specification's keyword.
    - **Revisions** are those of MCP that a requirement belongs to; without one it belongs to all.
    - **Status**: `implemented` is shown by the named tests, `not-yet` is planned, `not-applicable`
      says why. Of %d requirements %d are implemented, %d not yet, and %d do not apply.
    """
        .formatted(
            register.entries().size(),
            count(register, Status.IMPLEMENTED),
            count(register, Status.NOT_YET),
            count(register, Status.NOT_APPLICABLE));
  }

  private static long count(Register register, Status status) {
    return register.entries().stream()
        .filter(located -> located.entry().status() == status)
        .count();
  }

  private static String row(RegisterEntry entry, LinkedTests tests) {
    return Stream.of(
            entry.id(),
            entry.level().name(),
            entry.wording(),
            revisions(entry),
            entry.source(),
            status(entry),
            String.join(", ", tests.of(entry.id())))
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String revisions(RegisterEntry entry) {
    if (entry.first() == null) {
      return "";
    }
    if (entry.last() == null) {
      return "from " + entry.first();
    }
    return entry.first().equals(entry.last())
        ? entry.first()
        : entry.first() + " to " + entry.last();
  }

  private static String status(RegisterEntry entry) {
    return entry.reason() == null
        ? entry.status().word()
        : entry.status().word() + ": " + entry.reason();
  }
}
