package dev.ostiary.authorization.authorize.consent;

import dev.ostiary.authorization.authorize.response.ResponseTarget;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.CodeChallenge;
import dev.ostiary.protocol.Scopes;
import java.util.List;

/**
 * An authorization request that has passed every check and waits for a person's decision.
 *
 * @param choices the servers it could be for: one, unless it named none and there are several
 * @param selectAccount whether the person wants to choose an account at the upstream
 */
public record ConsentRequest(
    RegisteredClient client,
    ResponseTarget to,
    CodeChallenge codeChallenge,
    List<Choice> choices,
    boolean selectAccount) {
  public ConsentRequest {
    choices = List.copyOf(choices);
    if (choices.isEmpty()) {
      throw new IllegalArgumentException("a request is for a server");
    }
  }

  /** A server, and the scopes the client would have there. */
  public record Choice(ProtectedServer server, Scopes scopes) {}

  /** This request, of somebody who wants to choose an account at the upstream. */
  public ConsentRequest withSelectAccount() {
    return new ConsentRequest(client, to, codeChallenge, choices, true);
  }
}
