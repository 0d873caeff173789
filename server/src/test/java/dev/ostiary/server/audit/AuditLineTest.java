package dev.ostiary.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.AuditEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class AuditLineTest {
  private static final Path PAGE = Path.of("../docs/reference/audit-events.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z.-]+)` \\| ([^|]*) \\|");
  private static final Pattern CODE = Pattern.compile("`([a-z_]+)`");
  private static final Pattern MEMBER = Pattern.compile("\"([a-z_]+)\":\"");

  @Test
  void isOneLineOfJson() {
    assertThat(AuditLine.of(SampleEvents.all().getFirst()))
        .isEqualTo(
            "{\"at\":\"2026-11-21T21:04:09.120Z\",\"event\":\"client.registered\",\"request\":\"r1\",\"client\":\"c1\",\"client_name\":\"A"
                + " \\\"client\\\"\\n"
                + "\"}\n");
  }

  @Test
  void everyKindOfEventHasASample() {
    assertThat(SampleEvents.all().stream().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(Set.of(AuditEvent.class.getPermittedSubclasses()));
  }

  @Test
  void thePageNamesEveryEventWithItsFields() throws Exception {
    Map<String, List<String>> documented =
        ROW.matcher(Files.readString(PAGE))
            .results()
            .collect(Collectors.toMap(row -> row.group(1), row -> names(CODE, row.group(2))));

    assertThat(documented)
        .isEqualTo(
            SampleEvents.all().stream()
                .collect(Collectors.toMap(AuditLine::name, AuditLineTest::ownFields)));
  }

  private static List<String> ownFields(AuditEvent event) {
    return names(MEMBER, AuditLine.of(event)).stream()
        .filter(name -> !List.of("at", "event", "request").contains(name))
        .toList();
  }

  private static List<String> names(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
  }
}
