package dev.ostiary.connector.github;

import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.connector.github.GitHubApi.Answer;
import dev.ostiary.protocol.Result;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * A user of GitHub.
 *
 * @param id stays; the login may change
 */
record Account(long id, String login) {
  /** Whose token {@code /user} was asked with. */
  static Result<Account, UpstreamRefusal> of(Answer answer) {
    return switch (answer) {
      case Answer.Found(var user, var _) when isId(user.path("id")) ->
          Result.ok(new Account(user.path("id").asLong(), user.path("login").asString("")));
      case Answer.Found _ ->
          Result.refused(new UpstreamRefusal.Unavailable("GitHub does not say who it is"));
      default -> Result.refused(unavailable(answer));
    };
  }

  static boolean isId(JsonNode id) {
    return id.isIntegralNumber() && id.canConvertToLong();
  }

  /** What an answer means that tells nothing about a user. */
  static UpstreamRefusal unavailable(Answer answer) {
    return switch (answer) {
      case Answer.TokenRefused _ -> new UpstreamRefusal.Rejected("token_refused");
      case Answer.RateLimited(boolean ofCaller, Instant until) ->
          new UpstreamRefusal.Limited(ofCaller, until);
      case Answer.Unavailable(String what) -> new UpstreamRefusal.Unavailable(what);
      default -> new UpstreamRefusal.Unavailable("GitHub refused to tell");
    };
  }
}
