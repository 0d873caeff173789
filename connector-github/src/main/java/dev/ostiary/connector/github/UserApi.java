package dev.ostiary.connector.github;

import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.connector.github.GitHubApi.Answer;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

/** The API as the user behind a grant: with the stored token, renewed once if GitHub refuses it. */
final class UserApi {
  private final GitHubApi api;
  private final UpstreamCredentials credentials;

  UserApi(GitHubApi api, UpstreamCredentials credentials) {
    this.api = api;
    this.credentials = credentials;
  }

  /** Why there is no answer. */
  sealed interface Trouble {
    /** There is no such thing, or the user may not know of it. */
    record NotFound() implements Trouble {}

    /** The user has to sign in again. */
    record SignInAgain() implements Trouble {}

    /** Something to tell the person or the model. */
    record Told(String text) implements Trouble {}
  }

  Result<Answer.Found, Trouble> find(GrantId grant, String path) {
    return find(grant, token -> api.find(path, token));
  }

  Result<Answer.Found, Trouble> find(GrantId grant, Function<Secret, Answer> call) {
    return switch (credentials.find(grant)) {
      case Result.Ok(UpstreamTokenResponse tokens) -> {
        Answer answer = call.apply(tokens.accessToken());
        yield answer instanceof Answer.TokenRefused ? again(grant, tokens, call) : result(answer);
      }
      case Result.Refused(UpstreamCredentials.Refusal refusal) -> Result.refused(trouble(refusal));
    };
  }

  private Result<Answer.Found, Trouble> again(
      GrantId grant, UpstreamTokenResponse refused, Function<Secret, Answer> call) {
    return switch (credentials.renew(grant, refused)) {
      case Result.Ok(UpstreamTokenResponse tokens) -> result(call.apply(tokens.accessToken()));
      case Result.Refused(UpstreamCredentials.Refusal refusal) -> Result.refused(trouble(refusal));
    };
  }

  private static Trouble trouble(UpstreamCredentials.Refusal refusal) {
    return switch (refusal) {
      case UpstreamCredentials.Refusal.SignInAgain _ -> new Trouble.SignInAgain();
      case UpstreamCredentials.Refusal.Unavailable(Duration retryAfter) ->
          new Trouble.Told(
              "GitHub cannot be asked about the signed-in user at the moment. Try again in "
                  + Math.max(1, retryAfter.toMinutes())
                  + " minutes.");
    };
  }

  private static Result<Answer.Found, Trouble> result(Answer answer) {
    return switch (answer) {
      case Answer.Found found -> Result.ok(found);
      case Answer.NotFound _ -> Result.refused(new Trouble.NotFound());
      case Answer.TokenRefused _ ->
          told("GitHub refused the sign-in twice. Try again in a minute.");
      case Answer.RateLimited(boolean ofCaller, Instant until) ->
          told(
              "GitHub's rate limit is reached"
                  + (ofCaller ? " (yours is used up)" : " (too many requests at a time)")
                  + ". Try again after "
                  + until.truncatedTo(ChronoUnit.SECONDS)
                  + ".");
      case Answer.SingleSignOn(String url) ->
          told("The organization wants a single sign-on first: open " + url + " in a browser.");
      case Answer.Forbidden _ ->
          told("GitHub does not permit this to the signed-in user or to this application.");
      case Answer.Unavailable(String what) -> told(what + ". Try again in a minute.");
    };
  }

  private static Result<Answer.Found, Trouble> told(String text) {
    return Result.refused(new Trouble.Told(text));
  }
}
