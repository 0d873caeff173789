package dev.ostiary.checker.checks;

import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.http.Form;
import dev.ostiary.checker.server.Attempt;
import dev.ostiary.checker.server.TargetServer;
import dev.ostiary.checker.server.Verdict;
import dev.ostiary.checker.signin.PageRefused;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an authorization request that is wrong comes to: an error, here or at the client, or a code.
 * Servers may have a person sign in first, and say no only then.
 */
final class Judged {
  /**
   * An error in a link of a page, as servers have it that do not redirect to unknown clients at
   * once.
   */
  private static final Pattern LINK = Pattern.compile("[?&;]error=([a-z_]+)");

  private final Attempt attempt;
  private final String error;
  private final boolean undecided;
  private final boolean granted;
  private final Map<String, String> parameters;
  private final String seen;

  private Judged(
      Attempt attempt,
      String error,
      boolean undecided,
      Map<String, String> parameters,
      String seen) {
    this.attempt = attempt;
    this.error = error;
    this.undecided = undecided;
    this.granted = parameters.containsKey("code");
    this.parameters = parameters;
    this.seen = seen;
  }

  /** Tries it, as far as it goes. */
  static Judged of(TargetServer target, Attempt attempt) throws IOException {
    Answer first = target.flow().open(attempt);
    Judged judged = read(attempt, first);
    if (!judged.undecided || target.options().automatic() == null) {
      return judged;
    }
    try {
      Map<String, String> end = target.flow().answer(attempt);
      return new Judged(
          attempt, end.getOrDefault("error", ""), false, end, "after the sign-in: " + end.keySet());
    } catch (PageRefused refused) {
      return new Judged(attempt, "shown", false, Map.of(), String.valueOf(refused.getMessage()));
    }
  }

  private static Judged read(Attempt attempt, Answer first) {
    URI next = first.location();
    if (next != null && next.toString().startsWith(attempt.client().redirectUri())) {
      Map<String, String> parameters = Form.of(next);
      return new Judged(
          attempt,
          parameters.getOrDefault("error", ""),
          false,
          parameters,
          "a redirect to the client with " + parameters.keySet());
    }
    if (first.status() >= 400) {
      return new Judged(attempt, "shown", false, Map.of(), "the answer is " + first.brief());
    }
    Matcher link = LINK.matcher(next == null ? first.text() : String.valueOf(next.getRawQuery()));
    if (link.find()) {
      return new Judged(attempt, link.group(1), false, Map.of(), "a page with " + link.group(1));
    }
    return new Judged(attempt, "", true, Map.of(), "the sign-in begins: " + first.status());
  }

  /** Whether the sign-in goes on, and cannot be completed without a person. */
  boolean undecided() {
    return undecided;
  }

  Map<String, String> parameters() {
    return parameters;
  }

  /** Holds if it was refused, whichever way. */
  Verdict refused() {
    if (undecided) {
      return Verdict.untested(
          "the server has people sign in first; --sign-in with --auto goes through it");
    }
    return Verdict.check(
        !error.isEmpty(),
        granted ? "a code was issued to " + attempt.client().redirectUri() : seen);
  }

  /** Holds if it was not refused. */
  Verdict goesOn() {
    return Verdict.check(undecided || granted, error + ": " + seen);
  }
}
