package dev.ostiary.checker;

import dev.ostiary.checker.http.Exchanged;
import dev.ostiary.checker.server.Verdict;
import dev.ostiary.http.PlainText;
import java.util.List;

/**
 * What became of one check.
 *
 * @param why what was seen instead, or what was missing; empty when it passed
 * @param evidence what was sent and received, in order
 */
public record Finding(Check check, Status status, String why, List<Exchanged> evidence) {
  public Finding {
    evidence = List.copyOf(evidence);
  }

  /** The same, with what the server sent as plain text. */
  Finding plain() {
    return new Finding(
        check,
        status,
        PlainText.line(why),
        evidence.stream()
            .map(
                exchanged ->
                    new Exchanged(
                        PlainText.lines(exchanged.sent()), PlainText.lines(exchanged.received())))
            .toList());
  }

  static Finding of(Check check, Verdict verdict, List<Exchanged> evidence) {
    return switch (verdict) {
      case Verdict.Holds _ -> new Finding(check, Status.PASSED, "", evidence);
      case Verdict.Broken(String why) ->
          new Finding(
              check, check.level() == Level.MUST ? Status.FAILED : Status.WARNED, why, evidence);
      case Verdict.Untested(String missing) ->
          new Finding(check, Status.NOT_TESTED, missing, evidence);
      case Verdict.Inapplicable(String what) ->
          new Finding(check, Status.NOT_APPLICABLE, what, evidence);
    };
  }
}
