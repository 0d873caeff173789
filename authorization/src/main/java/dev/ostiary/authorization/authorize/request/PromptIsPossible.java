package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.authorize.consent.Prompt;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.WireError;
import java.util.List;

/**
 * What {@code prompt} asks for does not contradict itself (OpenID Connect Core §3.1.2.1). {@code
 * login} and {@code select_account} have the upstream offer its accounts; no user can have approved
 * for the user who signs in then, so the person is asked. Other values are ignored.
 */
final class PromptIsPossible {
  private PromptIsPossible() {}

  static Result<Prompt, WireError> check(ReceivedRequest received) {
    List<String> values = values(received);
    if (values.contains("none")) {
      return values.size() > 1
          ? Result.refused(
              new WireError(
                  OAuthError.INVALID_REQUEST, "prompt=none cannot be combined with another value."))
          : Result.ok(Prompt.NEVER);
    }
    return Result.ok(values.contains("consent") ? Prompt.ALWAYS : Prompt.IF_NEEDED);
  }

  /** Whether the upstream is to offer its accounts. */
  static boolean selectAccount(ReceivedRequest received) {
    List<String> values = values(received);
    return values.contains("login") || values.contains("select_account");
  }

  private static List<String> values(ReceivedRequest received) {
    return List.of(received.first("prompt").orElse("").strip().split(" +", -1));
  }
}
