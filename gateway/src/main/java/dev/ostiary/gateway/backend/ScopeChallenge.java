package dev.ostiary.gateway.backend;

import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.Scopes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a backend says about scopes when it refuses a call with 403 (RFC 6750 §3.1). */
final class ScopeChallenge {
  private static final int LONGEST = 8192;

  /** One parameter of a challenge (RFC 9110 §11.2), behind the scheme or a comma. */
  private static final Pattern PARAMETER =
      Pattern.compile("[\\s,](\\w+)=(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]*+))");

  private ScopeChallenge() {}

  /** Whether it says that scopes are missing. */
  static boolean isIn(Reply answer) {
    return parameter(answer, "error").filter("insufficient_scope"::equals).isPresent();
  }

  /** The scopes that it asks for; what is none is left out. */
  static Scopes scopes(Reply answer) {
    List<String> words =
        parameter(answer, "scope")
            .map(text -> Arrays.asList(text.split(" +", -1)))
            .orElse(List.of());
    return Scopes.of(words.stream().filter(Scope::isScope).map(Scope::new).toList());
  }

  private static Optional<String> parameter(Reply answer, String name) {
    for (String challenge : answer.headers().all("WWW-Authenticate")) {
      Matcher parameters =
          PARAMETER.matcher(challenge.substring(0, Math.min(challenge.length(), LONGEST)));
      while (parameters.find()) {
        if (parameters.group(1).equalsIgnoreCase(name)) {
          String quoted = parameters.group(2);
          return Optional.of(quoted == null ? parameters.group(3) : quoted);
        }
      }
    }
    return Optional.empty();
  }
}
