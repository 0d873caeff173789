package dev.ostiary.checker;

import java.util.List;
import java.util.Locale;

/** The verdict on one specification: the worst of its findings, and how many there are of each. */
public record RowVerdict(
    Kind kind, long passed, long failed, long warned, long notTested, long notApplicable) {
  /** From the worst. */
  public enum Kind {
    FAILED,
    WARNED,
    PASSED,
    /** Nothing of it could be tried. */
    NOT_TESTED,
    /** The server does not have it. */
    NOT_OFFERED;

    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  static RowVerdict of(List<Finding> findings) {
    long passed = count(findings, Status.PASSED);
    long failed = count(findings, Status.FAILED);
    long warned = count(findings, Status.WARNED);
    long notTested = count(findings, Status.NOT_TESTED);
    long notApplicable = count(findings, Status.NOT_APPLICABLE);
    Kind kind =
        failed > 0
            ? Kind.FAILED
            : warned > 0
                ? Kind.WARNED
                : passed > 0 ? Kind.PASSED : notTested > 0 ? Kind.NOT_TESTED : Kind.NOT_OFFERED;
    return new RowVerdict(kind, passed, failed, warned, notTested, notApplicable);
  }

  private static long count(List<Finding> findings, Status status) {
    return findings.stream().filter(finding -> finding.status() == status).count();
  }

  /** In one cell of a table: the kind, and how many of those that were tried passed. */
  public String cell() {
    return switch (kind) {
      case FAILED, WARNED, PASSED -> kind.word() + " " + passed + "/" + (passed + failed + warned);
      case NOT_TESTED, NOT_OFFERED -> kind.word();
    };
  }
}
