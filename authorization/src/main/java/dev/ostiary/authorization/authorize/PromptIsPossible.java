package dev.ostiary.authorization.authorize;

import dev.ostiary.authorization.consent.ConsentRequest;
import dev.ostiary.authorization.response.AuthorizationRefusal;
import dev.ostiary.authorization.session.Sessions;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.Result;
import java.time.InstantSource;
import java.util.List;

/**
 * What {@code prompt} asks for can be done (OpenID Connect Core §3.1.2.1). A person is always asked
 * here, so {@code consent} is a matter of course and {@code none} never is possible; {@code login}
 * and {@code select_account} have the upstream offer its accounts. Other values are ignored.
 */
final class PromptIsPossible implements Step<ScopedRequest, ConsentRequest> {
  private final Sessions sessions;
  private final InstantSource time;

  PromptIsPossible(Sessions sessions, InstantSource time) {
    this.sessions = sessions;
    this.time = time;
  }

  @Override
  public Result<ConsentRequest, AuthorizationRefusal> check(ScopedRequest scoped) {
    String prompt = scoped.request().parameters().first("prompt").orElse("");
    List<String> values = List.of(prompt.strip().split(" +", -1));
    if (values.contains("none")) {
      return values.size() > 1
          ? scoped
              .request()
              .refused(OAuthError.INVALID_REQUEST, "prompt has none and another value.")
          : silent(scoped.request());
    }
    return Result.ok(
        values.contains("login") || values.contains("select_account")
            ? scoped.consent().withSelectAccount()
            : scoped.consent());
  }

  private Result<ConsentRequest, AuthorizationRefusal> silent(ProvenRequest request) {
    return sessions.find(request.request(), time.instant()).isPresent()
        ? request.refused(OAuthError.INTERACTION_REQUIRED, "The user has to be asked.")
        : request.refused(OAuthError.LOGIN_REQUIRED, "The user has to sign in.");
  }
}
