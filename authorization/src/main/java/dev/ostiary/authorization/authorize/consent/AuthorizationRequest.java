package dev.ostiary.authorization.authorize.consent;

import dev.ostiary.authorization.authorize.response.AuthorizationRefusal;
import dev.ostiary.authorization.authorize.response.ResponseTarget;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.CodeChallenge;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An authorization request that has passed every check; each component is the proof of one (RFC
 * 6749 §4.1.1).
 *
 * @param client is known
 * @param to a redirect URI of the client's
 * @param codeChallenge is S256
 * @param servers those it could be for, with the scopes the client would have there
 * @param prompt whether the person may or has to be asked
 * @param selectAccount whether the person wants to choose an account at the upstream
 * @param upstream where the user signs in; null while that is open
 */
public record AuthorizationRequest(
    RegisteredClient client,
    ResponseTarget to,
    CodeChallenge codeChallenge,
    List<Choice> servers,
    Prompt prompt,
    boolean selectAccount,
    @Nullable String upstream) {
  public AuthorizationRequest {
    servers = List.copyOf(servers);
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("a request is for a server");
    }
  }

  /** A server, and the scopes the client would have there. */
  public record Choice(ProtectedServer server, Scopes scopes) {}

  /** The servers that take users of this upstream: one, unless the request named none. */
  public List<Choice> choices() {
    return servers.stream()
        .filter(choice -> upstream == null || choice.server().upstreams().contains(upstream))
        .toList();
  }

  /** Where the user may sign in, for at least one of the servers. */
  public List<String> upstreams() {
    return servers.stream()
        .flatMap(choice -> choice.server().upstreams().stream())
        .distinct()
        .toList();
  }

  /** This request, of a user who signs in there. */
  public AuthorizationRequest at(String upstream) {
    return new AuthorizationRequest(
        client, to, codeChallenge, servers, prompt, selectAccount, upstream);
  }

  /** Whether the user would sign in where this one has. */
  public boolean isOf(Subject subject) {
    return subject.upstream().equals(upstream);
  }

  /**
   * This request, of a user who wants to sign in with another account, and chooses where if there
   * are several upstreams.
   */
  AuthorizationRequest ofAnotherAccount() {
    return new AuthorizationRequest(
        client, to, codeChallenge, servers, prompt, true, upstreams().size() > 1 ? null : upstream);
  }

  /** An error that the client is told. */
  public AuthorizationRefusal refusal(OAuthError error, String description) {
    return AuthorizationRefusal.sent(client, to, error, description);
  }
}
