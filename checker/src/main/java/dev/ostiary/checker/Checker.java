package dev.ostiary.checker;

import dev.ostiary.checker.http.Clock;
import dev.ostiary.checker.http.Exchanged;
import dev.ostiary.checker.http.RecordingHttpClient;
import dev.ostiary.checker.server.NotTried;
import dev.ostiary.checker.server.Options;
import dev.ostiary.checker.server.TargetServer;
import dev.ostiary.checker.server.Verdict;
import dev.ostiary.http.Outbound;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks one server after another. Only what it is given goes out to the network. */
public final class Checker {
  private static final System.Logger LOG = System.getLogger(Checker.class.getName());

  private final Outbound outbound;
  private final Clock clock;
  private final String release;

  /**
   * @param release of this checker, for its reports
   */
  public Checker(Outbound outbound, Clock clock, String release) {
    this.outbound = outbound;
    this.clock = clock;
    this.release = release;
  }

  /**
   * Checks a server.
   *
   * @throws IOException if it cannot be reached at all
   */
  public Report check(URI url, List<Check> checks, Options options, Progress progress)
      throws IOException {
    TargetServer target =
        new TargetServer(url, new RecordingHttpClient(outbound, clock), clock, options);
    var began = clock.now();
    target.challenge();
    List<Finding> findings = new ArrayList<>();
    for (Check check : checks) {
      if (wanted(check, options)) {
        progress.begins(check);
        Finding finding = find(check, target);
        findings.add(finding);
        progress.ended(finding);
      }
    }
    List<String> left = target.clients().remove();
    return new Report(url, began, release, facts(target), findings, left, options.strict());
  }

  /** As much as can be read of them. */
  private static Map<String, String> facts(TargetServer target) {
    try {
      return target.facts();
    } catch (IOException | RuntimeException | StackOverflowError unreadable) {
      return Map.of();
    }
  }

  private static boolean wanted(Check check, Options options) {
    var revision = check.row().revision();
    return options.revision() == null || revision == null || revision == options.revision();
  }

  private static Finding find(Check check, TargetServer target) {
    target.http().takeEvidence();
    Verdict verdict;
    try {
      verdict = missing(check, target).orElse(null);
      if (verdict == null) {
        target.http().takeEvidence();
        verdict = check.probe().run(target);
      }
    } catch (NotTried missing) {
      verdict = Verdict.untested(String.valueOf(missing.getMessage()));
    } catch (IOException unanswered) {
      verdict = Verdict.untested("no answer: " + unanswered.getMessage());
    } catch (RuntimeException | StackOverflowError broken) {
      LOG.log(System.Logger.Level.DEBUG, "check " + check.id() + " broke off", broken);
      verdict =
          Verdict.untested(
              "the check broke off at something that the server sent: "
                  + broken.getClass().getSimpleName()
                  + (broken.getMessage() == null ? "" : ": " + broken.getMessage()));
    }
    boolean slowedDown = target.http().wasSlowedDown();
    List<Exchanged> evidence = target.http().takeEvidence();
    if (slowedDown && verdict instanceof Verdict.Broken) {
      verdict = Verdict.untested("the server asked to slow down (429)");
    }
    return Finding.of(check, verdict, evidence);
  }

  private static Optional<Verdict> missing(Check check, TargetServer target) throws IOException {
    for (Need need : check.needs()) {
      Verdict missing = need.missing(target);
      if (missing != null) {
        return Optional.of(missing);
      }
    }
    return Optional.empty();
  }
}
