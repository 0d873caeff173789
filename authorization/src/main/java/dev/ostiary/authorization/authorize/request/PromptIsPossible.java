package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.authorize.response.AuthorizationRefusal;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.Result;
import java.util.List;

/**
 * What {@code prompt} asks for does not contradict itself (OpenID Connect Core §3.1.2.1). {@code
 * login} and {@code select_account} have the upstream offer its accounts; nobody can have approved
 * for whoever signs in then, so the person is asked. Other values are ignored.
 */
final class PromptIsPossible implements Step<ScopedRequest, PromptedRequest> {
  @Override
  public Result<PromptedRequest, AuthorizationRefusal> check(ScopedRequest scoped) {
    ProvenRequest request = scoped.request();
    String prompt = request.parameters().first("prompt").orElse("");
    List<String> values = List.of(prompt.strip().split(" +", -1));
    if (values.contains("none")) {
      return values.size() > 1
          ? request.refused(OAuthError.INVALID_REQUEST, "prompt has none and another value.")
          : Result.ok(new PromptedRequest(scoped.consent(), Prompt.NEVER));
    }
    Prompt asking = values.contains("consent") ? Prompt.ALWAYS : Prompt.IF_NEEDED;
    boolean accounts = values.contains("login") || values.contains("select_account");
    return Result.ok(
        new PromptedRequest(
            accounts ? scoped.consent().withSelectAccount() : scoped.consent(), asking));
  }
}
