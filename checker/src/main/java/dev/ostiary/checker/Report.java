package dev.ostiary.checker;

import dev.ostiary.http.PlainText;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found out about one server. Whatever that server sent becomes plain text here, so that
 * no format has to think of it.
 *
 * @param url as it was asked for
 * @param at when the check began
 * @param release of the checker
 * @param facts what was learned on the way, by name: issuer, revisions, software
 * @param left what the checker created and could not remove again
 * @param strict whether what was not tested counts as failed
 */
public record Report(
    URI url,
    Instant at,
    String release,
    Map<String, String> facts,
    List<Finding> findings,
    List<String> left,
    boolean strict) {
  public Report {
    Map<String, String> plain = new LinkedHashMap<>();
    facts.forEach((name, value) -> plain.put(name, PlainText.line(value)));
    facts = Collections.unmodifiableMap(plain);
    findings = findings.stream().map(Finding::plain).toList();
    left = left.stream().map(PlainText::line).toList();
  }

  /** How many findings there are of a status. */
  public long count(Status status) {
    return findings.stream().filter(finding -> finding.status() == status).count();
  }

  /** Whether this finding counts as failed. */
  public boolean counts(Finding finding) {
    return finding.status() == Status.FAILED || (strict && finding.status() == Status.NOT_TESTED);
  }

  /** Whether a check has failed. */
  public boolean failed() {
    return findings.stream().anyMatch(this::counts);
  }

  /** The verdict on each specification that anything is known about, in order. */
  public Map<Specification, RowVerdict> verdicts() {
    Map<Specification, RowVerdict> verdicts = new EnumMap<>(Specification.class);
    for (Specification row : Specification.values()) {
      List<Finding> of = findings.stream().filter(finding -> finding.check().row() == row).toList();
      if (!of.isEmpty()) {
        verdicts.put(row, RowVerdict.of(of));
      }
    }
    return verdicts;
  }
}
