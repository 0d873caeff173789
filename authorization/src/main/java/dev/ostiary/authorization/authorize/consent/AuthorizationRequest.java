package dev.ostiary.authorization.authorize.consent;

import dev.ostiary.authorization.authorize.response.AuthorizationRefusal;
import dev.ostiary.authorization.authorize.response.ResponseTarget;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.CodeChallenge;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.Scopes;
import java.util.List;

/**
 * An authorization request that has passed every check; each component is the proof of one (RFC
 * 6749 §4.1.1).
 *
 * @param client is known
 * @param to a redirect URI of the client's
 * @param codeChallenge is S256
 * @param choices the servers it could be for: one, unless it named none and there are several
 * @param prompt whether the person may or has to be asked
 * @param selectAccount whether the person wants to choose an account at the upstream
 */
public record AuthorizationRequest(
    RegisteredClient client,
    ResponseTarget to,
    CodeChallenge codeChallenge,
    List<Choice> choices,
    Prompt prompt,
    boolean selectAccount) {
  public AuthorizationRequest {
    choices = List.copyOf(choices);
    if (choices.isEmpty()) {
      throw new IllegalArgumentException("a request is for a server");
    }
  }

  /** A server, and the scopes the client would have there. */
  public record Choice(ProtectedServer server, Scopes scopes) {}

  /** This request, of a user who wants to choose an account at the upstream. */
  AuthorizationRequest withSelectAccount() {
    return new AuthorizationRequest(client, to, codeChallenge, choices, prompt, true);
  }

  /** An error that the client is told. */
  public AuthorizationRefusal refusal(OAuthError error, String description) {
    return AuthorizationRefusal.sent(client, to, error, description);
  }
}
