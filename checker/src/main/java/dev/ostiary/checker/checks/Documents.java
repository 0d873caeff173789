package dev.ostiary.checker.checks;

import static dev.ostiary.checker.server.Verdict.broken;
import static dev.ostiary.checker.server.Verdict.check;
import static dev.ostiary.checker.server.Verdict.holds;

import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.server.Metadata;
import dev.ostiary.checker.server.TargetServer;
import dev.ostiary.checker.server.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What holds of every metadata document. */
final class Documents {
  private static final String STRANGER = "stranger.example";
  private static final Pattern MAX_AGE = Pattern.compile("(?i)(?:s-)?max-?age\\s*=\\s*\"?(\\d+)");

  private Documents() {}

  static Verdict isJson(Answer answer) {
    return check(
        answer.mediaType().equals("application/json"),
        "the content type is " + (answer.mediaType().isEmpty() ? "missing" : answer.mediaType()));
  }

  static Verdict withoutEmptyMembers(Metadata metadata) {
    List<String> empty = metadata.emptyMembers();
    return check(empty.isEmpty(), "empty arrays: " + String.join(", ", empty));
  }

  /** Whether scripts of any page may read what is there. */
  static Verdict crossOrigin(TargetServer target, String address) throws IOException {
    String origin = "https://" + STRANGER;
    return readable(target.http().get(address, "Origin", origin), origin);
  }

  static Verdict readable(Answer answer, String origin) {
    Optional<String> allowed = answer.header("Access-Control-Allow-Origin");
    return check(
        allowed.isPresent() && (allowed.get().equals("*") || allowed.get().equals(origin)),
        "Access-Control-Allow-Origin is " + allowed.orElse("missing"));
  }

  /** Whether what a proxy or an attacker says about the host gets into the document. */
  static Verdict keepsItsHost(TargetServer target, String address) throws IOException {
    Answer answer =
        target
            .http()
            .get(
                address,
                "X-Forwarded-Host",
                STRANGER,
                "Forwarded",
                "host=" + STRANGER,
                "Accept",
                "application/json");
    return check(
        !answer.text().toLowerCase(Locale.ROOT).contains(STRANGER),
        "the document repeats the host of X-Forwarded-Host or Forwarded");
  }

  static Verdict cachedBriefly(Answer answer) {
    Matcher age = MAX_AGE.matcher(answer.header("Cache-Control").orElse(""));
    while (age.find()) {
      if (age.group(1).length() > 9
          || Long.parseLong(age.group(1)) > Duration.ofDays(1).toSeconds()) {
        return broken("Cache-Control says " + answer.header("Cache-Control").orElse(""));
      }
    }
    return holds();
  }
}
